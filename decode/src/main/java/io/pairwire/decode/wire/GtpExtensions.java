package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Extension headers of GTP version 1, 3GPP TS 29.281 §5.2. The type of each is said by the one before.
 *
 * <pre>
 *   0            7
 *  +--------------+------------------+--------------+
 *  | length in 4s | body of the kind |  next type   |
 *  +--------------+------------------+--------------+
 * </pre>
 */
public final class GtpExtensions extends Items {
    public static final int LONG_PDCP_NUMBER = 0x03;
    public static final int SERVICE_CLASS = 0x20;
    public static final int UDP_PORT = 0x40;
    public static final int RAN_CONTAINER = 0x81;
    public static final int NR_RAN_CONTAINER = 0x84;

    /** Of 5G: which flow of the session, and in which direction (3GPP TS 38.415). */
    public static final int PDU_SESSION_CONTAINER = 0x85;

    public static final int PDCP_NUMBER = 0xc0;

    private int type;
    private int nextType;

    /** A view onto nothing; {@link #moveTo} gives it a header. */
    public GtpExtensions() {}

    /** Goes before the first extension header of a header that {@link GtpU#check} accepted. */
    public GtpExtensions moveTo(Packet packet, int at) {
        type = 0;
        nextType = GtpU.firstExtension(packet, at);
        int end = at + GtpU.headerLength(packet, at);
        begin(packet, at + GtpU.fixedLength(packet, at), end, end);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        if (nextType == 0) return LAST;
        int length = packet.u8(from) * 4;
        if (length == 0) return IMPOSSIBLE;
        if (length > left) return CUT;
        type = nextType;
        nextType = packet.u8(from + length - 1);
        return length;
    }

    @Override
    public int type() {
        return type;
    }

    /** Where the body begins, bytes from the start of the packet. */
    public int bodyAt() {
        return at + 1;
    }

    /** Bytes between the length and the next type. */
    public int bodyLength() {
        return length() - 2;
    }

    /** Of {@link #PDU_SESSION_CONTAINER}: the quality of service flow, 0 to 63. */
    public int qosFlow() {
        return packet.u8(at + 2) & 0x3f;
    }
}
