package io.pairwire.live;

/**
 * How to send.
 *
 * @param device name of the interface
 * @param method by what means
 * @param queueing whether frames go through the queueing discipline, as those of other programs do, and not straight to the driver;
 *     AF_XDP never does
 * @param queue the transmit queue of AF_XDP, from 0
 */
public record TransmitSettings(String device, Method method, boolean queueing, int queue) {

    /** By what means. */
    public enum Method {
        /** A packet socket, many frames a call. */
        PACKET,
        /** An AF_XDP socket: frames in memory shared with the kernel, or with the card. */
        XDP
    }

    public TransmitSettings {
        if (device.isEmpty()) throw new IllegalArgumentException("device is empty");
        if (queue < 0) throw new IllegalArgumentException("queue is negative: " + queue);
    }
}
