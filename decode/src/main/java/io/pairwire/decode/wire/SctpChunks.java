package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Chunks of an SCTP packet, <a href="https://www.rfc-editor.org/rfc/rfc9260">RFC 9260</a> §3.2 and §3.3.1; I-DATA is of
 * <a href="https://www.rfc-editor.org/rfc/rfc8260">RFC 8260</a>.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  |     type     |     flags     |    length     |
 *  +--------------+---------------+---------------+
 *  |  DATA: transmission sequence number          |
 *  +------------------------------+---------------+
 *  |  DATA: stream                |    sequence   |
 *  +------------------------------+---------------+
 *  |  DATA: payload protocol, then user data      |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>A chunk that the capture cut ends the walk as truncated.
 */
public final class SctpChunks extends Items {
    public static final int DATA = 0;
    public static final int INIT = 1;
    public static final int INIT_ACK = 2;
    public static final int SACK = 3;
    public static final int HEARTBEAT = 4;
    public static final int HEARTBEAT_ACK = 5;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;
    public static final int SHUTDOWN_ACK = 8;
    public static final int ERROR = 9;
    public static final int COOKIE_ECHO = 10;
    public static final int COOKIE_ACK = 11;
    public static final int SHUTDOWN_COMPLETE = 14;
    public static final int I_DATA = 64;

    private static final int HEADER = 4;
    private static final int DATA_HEADER = 16;
    private static final int I_DATA_HEADER = 20;

    /** A view onto nothing; {@link #moveTo} gives it a packet. */
    public SctpChunks() {}

    /**
     * Goes before the first chunk.
     *
     * @param at where the chunks begin, behind the common header
     * @param length bytes of chunks that were sent
     * @param captured how many of them were captured
     */
    public SctpChunks moveTo(Packet packet, int at, int length, int captured) {
        begin(packet, at, at + captured, at + length);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        if (left < HEADER) return CUT;
        int length = packet.u16(from + 2);
        int least = headerLength(packet.u8(from));
        if (length < least) return IMPOSSIBLE;
        return length > left ? CUT : Math.min(left, length + 3 & ~3); // the last may go without its filling
    }

    private static int headerLength(int type) {
        return type == DATA ? DATA_HEADER : type == I_DATA ? I_DATA_HEADER : HEADER;
    }

    @Override
    public int type() {
        return packet.u8(at);
    }

    public int flags() {
        return packet.u8(at + 1);
    }

    /** The chunk without the filling that {@link #length} counts, bytes. */
    public int chunkLength() {
        return packet.u16(at + 2);
    }

    /** Of {@link #DATA} and {@link #I_DATA}: its number among all that the sender sent. */
    public long transmissionSequence() {
        return Integer.toUnsignedLong(packet.u32(at + 4));
    }

    /** Of {@link #DATA} and {@link #I_DATA}. */
    public int stream() {
        return packet.u16(at + 8);
    }

    /** Of {@link #DATA}: 16 bits, {@link #I_DATA}: 32 bits. */
    public long streamSequence() {
        return type() == I_DATA ? Integer.toUnsignedLong(packet.u32(at + 12)) : packet.u16(at + 10);
    }

    /** Of {@link #DATA}, and of {@link #I_DATA} at the start of a message: what is carried, by IANA's list. */
    public int payloadProtocol() {
        return packet.u32(type() == I_DATA ? at + 16 : at + 12);
    }

    /** Of {@link #DATA} and {@link #I_DATA}: does a message begin here? */
    public boolean isBeginning() {
        return (flags() & 2) != 0;
    }

    /** Of {@link #DATA} and {@link #I_DATA}: does a message end here? */
    public boolean isEnding() {
        return (flags() & 1) != 0;
    }

    /** Where the body begins, or the user data; bytes from the start of the packet. */
    public int bodyAt() {
        return at + headerLength(type());
    }

    /** Bytes of body, or of user data. */
    public int bodyLength() {
        return chunkLength() - headerLength(type());
    }
}
