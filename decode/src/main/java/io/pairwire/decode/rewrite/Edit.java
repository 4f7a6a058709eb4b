package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;
import io.pairwire.decode.rewrite.EditRules.Checksums;
import io.pairwire.decode.wire.Checksum;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A copy of one packet while it is changed. The view reads it with the accessors of the headers; the methods here write,
 * and never behind the last captured byte, so a caller only has to have checked what it reads. Reused; not thread-safe.
 */
final class Edit {
    /** Headers inside headers at most. */
    private static final int DEPTH = 24;

    /** What a wrong checksum differs by from the right one afterwards; any number but 0 and 0xffff serves. */
    private static final int WRONG = 0xaaaa;

    private static final byte[] NO_CHECKSUM = new byte[4];

    final Packet view = new Packet();
    private final CRC32C crc = new CRC32C();

    private final EditRules rules;
    private byte[] bytes = new byte[2_048];
    private MemorySegment memory = MemorySegment.ofArray(bytes);
    private int captured;
    private int cutAt;
    private int depth;
    private boolean cleared;
    private long packets;
    private long unsupported;
    private long clearedPackets;
    private long wrongChecksums;

    Edit(EditRules rules) {
        this.rules = rules;
    }

    /** Takes a copy of the packet. */
    void begin(Packet packet) {
        captured = packet.capturedLength();
        cutAt = captured;
        depth = 0;
        cleared = false;
        if (captured > bytes.length) {
            bytes = new byte[captured];
            memory = MemorySegment.ofArray(bytes);
        }
        MemorySegment.copy(packet.memory(), ValueLayout.JAVA_BYTE, packet.start(), bytes, 0, captured);
        view.moveTo(memory, 0, captured, packet.originalLength(), packet.epochNanos())
                .linkType(packet.linkType())
                .from(packet.file(), packet.number())
                .interfaceIndex(packet.interfaceIndex());
        if (!packet.hasTime()) view.untimed();
    }

    /** The changed packet. */
    Packet end() {
        packets++;
        if (cleared) clearedPackets++;
        return view.cut(cutAt);
    }

    AnonymizerStatistics statistics() {
        return new AnonymizerStatistics(packets, unsupported, clearedPackets, wrongChecksums);
    }

    int captured() {
        return captured;
    }

    /** Bytes captured from {@code at} to {@code end}, where the part ends by its own word. */
    int available(int at, int end) {
        return Math.max(Math.min(end, captured) - at, 0);
    }

    /** One header more; false if there are too many, and then the rest is cleared. */
    boolean deeper(int at) {
        if (++depth <= DEPTH) return true;
        clear(at);
        return false;
    }

    /** A link type not known here: nobody knows what is in it. */
    void unsupported() {
        unsupported++;
        if (rules.clears()) wipe(0, captured);
    }

    /** From here on the packet cannot be understood although it should; it may hold addresses, so it goes. */
    void clear(int at) {
        if (at >= captured) return;
        cleared = true;
        if (rules.clears()) wipe(at, captured);
    }

    /** As {@link #clear}, for bytes that are understood, and known to be better gone. */
    void wipe(int from, int end) {
        int until = Math.min(end, captured);
        if (from >= until) return;
        if (rules.payload() == Payload.CUT) cutAt = Math.min(cutAt, from);
        else zero(from, until);
    }

    /** Fields that may hold addresses of a kind not known here: they become 0, whatever becomes of payload. */
    void zero(int from, int end) {
        int until = Math.min(end, captured);
        if (from < until && rules.clears()) Arrays.fill(bytes, from, until, (byte) 0);
    }

    /** Bytes that belong to no header. */
    void payload(int from, int end) {
        if (rules.payload() != Payload.KEEP) wipe(from, end);
    }

    /** The IPv4 address at {@code at}, if it was captured whole; otherwise what there is of it goes. */
    void ipv4(int at) {
        if (captured - at < 4) clear(at);
        else put32(at, (int) rules.ipv4(Integer.toUnsignedLong(view.u32(at))));
    }

    void ipv6(int at) {
        if (captured - at < 16) {
            clear(at);
            return;
        }
        rules.ipv6(view.u64(at), view.u64(at + 8));
        put64(at, rules.mappedHigh());
        put64(at + 8, rules.mappedLow());
    }

    /** A prefix of {@code length} bits at the beginning of {@code bytes} bytes, 0 to 16; the bits behind it are not understood. */
    void ipv6Prefix(int at, int bytes, int length) {
        if (captured - at < bytes) {
            clear(at);
            return;
        }
        long high = bytes >= 8 ? view.u64(at) : 0;
        long low = bytes == 16 ? view.u64(at + 8) : 0;
        rules.ipv6(high, low);
        int bits = Math.min(length, bytes * 8);
        boolean clears = rules.clears();
        long highMask = !clears ? -1 : bits <= 0 ? 0 : -1L << Math.max(64 - bits, 0);
        long lowMask = !clears ? -1 : bits <= 64 ? 0 : -1L << 128 - bits;
        if (bytes >= 8) put64(at, rules.mappedHigh() & highMask);
        if (bytes == 16) put64(at + 8, rules.mappedLow() & lowMask);
    }

    void mac(int at) {
        if (captured - at < 6) {
            clear(at);
            return;
        }
        long mapped = rules.mac(Integer.toUnsignedLong(view.u32(at)) << 16 | view.u16(at + 4));
        putMac(at, mapped);
    }

    void putMac(int at, long mac) {
        put32(at, (int) (mac >>> 16));
        put16(at + 4, (int) mac & 0xffff);
    }

    void put16(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private void put32(int at, int value) {
        put16(at, value >>> 16);
        put16(at + 2, value);
    }

    private void put64(int at, long value) {
        put32(at, (int) (value >>> 32));
        put32(at + 4, (int) value);
    }

    /** The sum of what was captured from {@code from} to {@code end}, without the checksum of 2 bytes at {@code field}. */
    long sum(int from, int end, int field) {
        int until = Math.min(end, captured);
        if (until <= from) return 0;
        if (field < from || until - field < 2) return Checksum.sum(bytes, from, until - from);
        return Checksum.sum(bytes, from, field - from) + Checksum.sum(bytes, field + 2, until - field - 2);
    }

    /**
     * Puts a checksum right after what it covers has changed. One that was wrong stays wrong, but not by the same
     * difference, as that would tell about the bytes before.
     *
     * @param field where the checksum is; nothing happens if it was not captured
     * @param before the sum of what it covers, without itself, before the change
     * @param after the same after the change
     * @param whole whether all that it covers was captured; otherwise nobody knows whether it was right, and it is moved
     *     by the difference (RFC 1624)
     */
    void repair(int field, long before, long after, boolean whole) {
        if (captured - field < 2) return;
        int old = view.u16(field);
        int right = Checksum.fold(after);
        if (rules.checksums() == Checksums.RIGHT && whole) {
            put16(field, right);
        } else if (rules.checksums() != Checksums.HIDE && Checksum.fold(before) == Checksum.fold(after)) {
            return; // nothing that it covers has changed
        } else if (!whole || rules.checksums() == Checksums.MOVE) {
            put16(field, Checksum.fold((~old & 0xffff) + (long) Checksum.fold(before) + (~right & 0xffff)));
        } else if (Checksum.fold(before + old) == 0) {
            put16(field, right);
        } else {
            wrong(field, old == 0 && right != 0 ? 0 : right ^ WRONG); // 0 is how a card is asked to fill it in
        }
    }

    /** CRC32c of what was captured from {@code from} to {@code end}, as SCTP stores it; its own four bytes count as 0. */
    int crc32c(int from, int end, int field) {
        crc.reset();
        crc.update(bytes, from, field - from);
        crc.update(NO_CHECKSUM, 0, NO_CHECKSUM.length);
        crc.update(bytes, field + 4, Math.min(end, captured) - field - 4);
        return Integer.reverseBytes((int) crc.getValue());
    }

    /** As {@link #repair}, for the CRC of SCTP; of half a packet it becomes that of the bytes there are. */
    void repairCrc32c(int from, int end, int field, boolean wrong) {
        if (wrong) wrongChecksums++;
        switch (rules.checksums()) {
            case HIDE -> put32(field, crc32c(from, end, field) ^ (wrong ? WRONG : 0));
            case RIGHT -> {
                if (wrong) put32(field, crc32c(from, end, field));
            }
            case MOVE -> {} // it covers no addresses
        }
    }

    /** Does it matter that a checksum tells about the bytes before? */
    boolean hidesChecksums() {
        return rules.checksums() == Checksums.HIDE;
    }

    /** Puts a checksum where one was wrong before. */
    void wrong(int field, int checksum) {
        wrongChecksums++;
        put16(field, checksum);
    }
}
