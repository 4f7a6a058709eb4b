package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;

/**
 * A field of a header.
 *
 * @param name as its standard calls it, in lower case
 * @param bit where it begins, bits from the start of the header, most significant first
 * @param bits its length; up to 64 unless it is a whole number of bytes
 * @param form how its value looks
 */
record HeaderField(String name, int bit, int bits, Form form) {
    HeaderField {
        if (bit < 0 || bits < 1) throw new IllegalArgumentException(name + ": bits " + bit + ", " + bits);
        if (bits > 64 && (bit % 8 != 0 || bits % 8 != 0)) {
            throw new IllegalArgumentException(name + " is long and no whole number of bytes");
        }
    }

    /** Where the byte is that it begins in, from the start of the header. */
    int firstByte() {
        return bit / 8;
    }

    /** Bytes that hold it. */
    int bytes() {
        return (bit % 8 + bits + 7) / 8;
    }

    boolean isWholeBytes() {
        return bit % 8 == 0 && bits % 8 == 0;
    }

    /** Its value in a header at {@code at}; 0 if it has more than 64 bits. */
    long value(Packet packet, int at) {
        if (bits > 64) return 0;
        long value = 0;
        int from = at + firstByte();
        int before = bit % 8;
        int left = bits;
        for (int i = from; left > 0; i++) {
            int here = Math.min(left, 8 - before);
            int part = packet.u8(i) >>> 8 - before - here & (1 << here) - 1;
            value = value << here | part;
            left -= here;
            before = 0;
        }
        return value;
    }
}
