package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Payload;

/** Elements of the basic encoding rules, ITU-T X.690 §8.1: a tag of one byte, a length, a body. */
final class Ber {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;

    private Ber() {}

    /** Where the body of the element begins, or -1 if its length is not there yet or says nothing. */
    static int body(Payload payload, int at) {
        if (!payload.has(at, 2)) return -1;
        int length = payload.u8(at + 1);
        if (length < 0x80) return at + 2;
        int bytes = length & 0x7f;
        return bytes >= 1 && bytes <= 4 && payload.has(at + 2, bytes) ? at + 2 + bytes : -1;
    }

    /** Bytes of the body that begins at {@code body}; -1 beyond two thousand million. */
    static int length(Payload payload, int at, int body) {
        if (body == at + 2) return payload.u8(at + 1);
        int length = 0;
        for (int i = at + 2; i < body; i++) {
            if (length >>> 23 != 0) return -1;
            length = length << 8 | payload.u8(i);
        }
        return length;
    }

    /** Where the next element begins; -1 if this one cannot be read, or does not end inside the payload. */
    static int next(Payload payload, int at) {
        int body = body(payload, at);
        if (body < 0) return -1;
        int length = length(payload, at, body);
        return length >= 0 && payload.has(body, length) ? body + length : -1;
    }

    /** A number of up to four bytes, or -1. */
    static long number(Payload payload, int at) {
        int body = body(payload, at);
        int next = next(payload, at);
        if (next < 0 || next - body > 4 || next == body) return -1;
        long number = 0;
        for (int i = body; i < next; i++) number = number << 8 | payload.u8(i);
        return number;
    }

    /** The body as text; empty if it is not whole. */
    static String text(Payload payload, int at) {
        int next = next(payload, at);
        int body = body(payload, at);
        return next < 0 ? "" : payload.text(body, next - body);
    }
}
