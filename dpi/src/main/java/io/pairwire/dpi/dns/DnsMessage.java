package io.pairwire.dpi.dns;

import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Utf8;

/**
 * Where things are in a message, <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a> §4.1.
 *
 * <pre>
 *  0                 15
 *  +-----------------+
 *  |       id        |
 *  +-+----+-+-+-+-+-+
 *  |Q|op  |A|T|R|R|Z|
 *  +-----------------+
 *  | questions       |
 *  | answers         |
 *  | authorities     |
 *  | additionals     |
 *  +-----------------+
 * </pre>
 *
 * <p>Every walk is bounded by the message and by {@value #MOST_RECORDS} records; a name that points backwards is followed
 * {@value #MOST_JUMPS} times at most.
 */
final class DnsMessage {
    static final int HEADER = 12;
    static final int MOST_RECORDS = 256;
    private static final int MOST_JUMPS = 16;
    private static final int MOST_NAME = 255;
    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;

    private DnsMessage() {}

    /** Is it a plausible message whose header stands at {@code at}? {@code multicast} allows what mDNS does with classes. */
    static boolean isPlausible(Payload payload, int at, boolean multicast) {
        if (!payload.has(at, HEADER)) return false;
        int flags = payload.u16(at + 2);
        int opcode = (flags & OPCODE) >> 11;
        if (opcode > 5 || opcode == 3) return false;
        boolean response = (flags & RESPONSE) != 0;
        if (!response && (flags & 0xf) != 0) return false;
        int questions = payload.u16(at + 4);
        int records = payload.u16(at + 6) + payload.u16(at + 8) + payload.u16(at + 10);
        if (questions > 64 || records > MOST_RECORDS) return false;
        if (questions == 0) return response ? records > 0 || opcode == 0 && !multicast : multicast && records > 0;
        int end = skipName(payload, at, at + HEADER);
        if (end < 0) return payload.isCut();
        if (!payload.has(end, 4)) return payload.isCut();
        int type = payload.u16(end);
        int rrClass = payload.u16(end + 2) & (multicast ? 0x7fff : 0xffff);
        return isType(type) && (rrClass >= 1 && rrClass <= 4 || rrClass == 255 || rrClass == 254);
    }

    /** Types that IANA has assigned, coarsely. */
    private static boolean isType(int type) {
        return type >= 1 && type <= 110
                || type >= 128 && type <= 132
                || type >= 249 && type <= 264
                || type >= 32768 && type <= 32770;
    }

    /** Position behind the name at {@code from}, or -1 if it is none or does not end. */
    static int skipName(Payload payload, int base, int from) {
        int at = from;
        int length = 0;
        while (payload.has(at, 1)) {
            int label = payload.u8(at);
            if (label == 0) return at + 1;
            if ((label & 0xc0) == 0xc0) return payload.has(at, 2) ? at + 2 : -1;
            if (label > 63) return -1;
            length += label + 1;
            if (length > MOST_NAME || base < 0) return -1;
            at += label + 1;
        }
        return -1;
    }

    /** The name at {@code from} without the last point; as far as it can be read. */
    static String name(Payload payload, int base, int from) {
        var text = new StringBuilder();
        int at = from;
        int jumps = 0;
        while (payload.has(at, 1) && text.length() <= MOST_NAME) {
            int label = payload.u8(at);
            if (label == 0) break;
            if ((label & 0xc0) == 0xc0) {
                if (!payload.has(at, 2) || ++jumps > MOST_JUMPS) break;
                at = base + (payload.u16(at) & 0x3fff);
                continue;
            }
            if (label > 63 || !payload.has(at + 1, label)) break;
            if (!text.isEmpty()) text.append('.');
            text.append(payload.text(at + 1, label));
            at += label + 1;
        }
        return Utf8.orLatin(text.toString());
    }
}
