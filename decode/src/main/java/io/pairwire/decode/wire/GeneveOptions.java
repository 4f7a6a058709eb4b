package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Options of a Geneve header, <a href="https://www.rfc-editor.org/rfc/rfc8926">RFC 8926</a> §3.5.
 *
 * <pre>
 *   0                    15 16       23 24 26 27    31
 *  +-----------------------+-----------+-----+--------+
 *  |         class         |   type    |     | length |
 *  +-----------------------+-----------+-----+--------+
 *  |            body, in words of four bytes          |
 *  +--------------------------------------------------+
 * </pre>
 */
public final class GeneveOptions extends Items {
    private static final int HEADER = 4;

    /** A view onto nothing; {@link #moveTo} gives it a header. */
    public GeneveOptions() {}

    /** Goes before the first option of a header that {@link Geneve#check} accepted. */
    public GeneveOptions moveTo(Packet packet, int at) {
        int end = at + Geneve.headerLength(packet, at);
        begin(packet, at + Geneve.LENGTH, end, end);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        return left < HEADER ? CUT : HEADER + (packet.u8(from + 3) & 0x1f) * 4;
    }

    /** Who says what the type means: a vendor or a standard, by IANA's list. */
    public int optionClass() {
        return packet.u16(at);
    }

    /** Eight bits, of which the highest says that the option must be understood. */
    @Override
    public int type() {
        return packet.u8(at + 2);
    }

    public boolean isCritical() {
        return (type() & 0x80) != 0;
    }

    /** Where the body begins, bytes from the start of the packet. */
    public int bodyAt() {
        return at + HEADER;
    }

    /** 0 to 124. */
    public int bodyLength() {
        return length() - HEADER;
    }
}
