package io.pairwire.engine.analyse;

/**
 * What one end sent and received on one layer.
 *
 * @param bytesOut bytes it sent, whole frames on the wire
 * @param sessions conversations of the transport it took part in, or of IP where there is none
 * @param retransmissions TCP segments that were sent again in these, by either side
 * @param firstNanos time of its first packet; 0 if not known
 */
public record Endpoint(
        TalkLayer layer,
        End end,
        long packetsOut,
        long bytesOut,
        long packetsIn,
        long bytesIn,
        long sessions,
        long retransmissions,
        long firstNanos,
        long lastNanos) {

    /** Packets sent and received. */
    public long packets() {
        return packetsOut + packetsIn;
    }

    /** Bytes sent and received. */
    public long bytes() {
        return bytesOut + bytesIn;
    }

    /** How large it is. */
    public long measured(TalkMeasure measure) {
        return switch (measure) {
            case BYTES -> bytes();
            case PACKETS -> packets();
            case SESSIONS -> sessions;
            case RETRANSMISSIONS -> retransmissions;
        };
    }
}
