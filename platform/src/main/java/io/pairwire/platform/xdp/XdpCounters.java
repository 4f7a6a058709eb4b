package io.pairwire.platform.xdp;

/**
 * What the kernel counted at a socket since it was opened, {@code struct xdp_statistics}.
 *
 * @param dropped frames lost because no free frame was there, or because they were longer than one
 * @param invalidFill entries of the fill ring that were no frames; each cost a frame
 * @param invalidTransmit entries of the TX ring that were not sent because they made no sense
 * @param ringFull frames lost because the RX ring was full
 * @param fillEmpty how often the kernel looked for a free frame and found none
 * @param transmitEmpty how often it looked for something to send and found nothing
 */
public record XdpCounters(
        long dropped, long invalidFill, long invalidTransmit, long ringFull, long fillEmpty, long transmitEmpty) {

    /** Received frames that were lost. */
    public long lost() {
        return dropped + ringFull;
    }
}
