package io.pairwire.capture;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands beside a packet in a pcapng file, read when asked for. Empty for formats that have no such thing.
 *
 * <p>A moving view: it belongs to its {@link Packet} and shows the options of the packet for which
 * {@link Packet#options} was called last. Asking for
 * numbers allocates nothing.
 */
public final class PacketOptions {
    /** Direction, reception kind and link-layer errors, four bytes; see {@link #flags()}. */
    public static final int FLAGS = 2;

    public static final int HASH = 3;
    public static final int DROP_COUNT = 4;
    public static final int PACKET_ID = 5;
    public static final int QUEUE = 6;
    public static final int VERDICT = 7;
    public static final int PROCESS_AND_THREAD = 8;

    static final int NO_DROPS = 0xffff;

    private final OptionCursor cursor = new OptionCursor();
    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private int length;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int legacyDrops = NO_DROPS;

    PacketOptions() {}

    PacketOptions moveTo(MemorySegment memory, long start, int length, ByteOrder order, int legacyDrops) {
        this.memory = memory;
        this.start = start;
        this.length = length;
        this.order = order;
        this.legacyDrops = legacyDrops;
        return this;
    }

    /** Takes the options one by one, in the order of the file. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param code of the option, 1 to 65535
         * @param value a copy of its bytes, read-only, in the byte order of the section, without padding
         */
        void onOption(int code, ByteBuffer value);
    }

    /** A checksum of the packet; the value's first byte in the file tells how it was made. */
    public record Hash(int algorithm, ByteBuffer value) {}

    /** What somebody decided about the packet, and by what means. */
    public record Verdict(int kind, ByteBuffer value) {}

    /** Are there none? */
    public boolean isEmpty() {
        return length == 0 && legacyDrops == NO_DROPS;
    }

    /** Bytes the options take in the file. */
    int length() {
        return length;
    }

    /** Starts a walk over the options as they are. */
    OptionCursor cursor() {
        return cursor.moveTo(memory, start, length, order);
    }

    ByteOrder order() {
        return order;
    }

    /** Shows every option, known or not. */
    public void forEach(Visitor visitor) {
        // A walk of its own: the visitor may ask for something else meanwhile.
        var walk = new OptionCursor().moveTo(memory, start, length, order);
        while (walk.next()) visitor.onOption(walk.code(), walk.value(0).order(order));
    }

    /** Remarks, in the order of the file. */
    public List<String> comments() {
        if (length == 0) return List.of();
        var comments = new ArrayList<String>();
        var walk = cursor();
        while (walk.next()) if (walk.code() == OptionCursor.COMMENT) comments.add(walk.text());
        return comments;
    }

    /**
     * The flags word: bits 0 and 1 direction (1 inbound, 2 outbound), 2 to 4 reception (1 unicast, 2 multicast, 3
     * broadcast, 4 promiscuous), 5 to 8 bytes of frame check sequence, 16 to 31 errors of the link layer. 0 if absent.
     */
    public int flags() {
        return find(FLAGS, 4) ? cursor.u32() : 0;
    }

    /** Is there a flags word? */
    public boolean hasFlags() {
        return find(FLAGS, 4);
    }

    /** Packets lost between this one and the one before it at the same interface; -1 if that is not told. */
    public long dropCount() {
        if (find(DROP_COUNT, 8)) return cursor.u64();
        return legacyDrops == NO_DROPS ? -1 : legacyDrops;
    }

    /** The number that is the same for all copies of a packet in a file; see {@link #hasPacketId}. */
    public long packetId() {
        return find(PACKET_ID, 8) ? cursor.u64() : 0;
    }

    /** Is there a packet id? Any 64 bits may be one. */
    public boolean hasPacketId() {
        return find(PACKET_ID, 8);
    }

    /** The queue of the interface the packet came from, unsigned; -1 if that is not told. */
    public long queue() {
        return find(QUEUE, 4) ? Integer.toUnsignedLong(cursor.u32()) : -1;
    }

    /** Checksums, in the order of the file. */
    public List<Hash> hashes() {
        if (length == 0) return List.of();
        var hashes = new ArrayList<Hash>();
        var walk = cursor();
        while (walk.next()) if (walk.is(HASH, 1)) hashes.add(new Hash(walk.u8(), walk.value(1)));
        return hashes;
    }

    /** Verdicts, in the order of the file. */
    public List<Verdict> verdicts() {
        if (length == 0) return List.of();
        var verdicts = new ArrayList<Verdict>();
        var walk = cursor();
        while (walk.next()) if (walk.is(VERDICT, 1)) verdicts.add(new Verdict(walk.u8(), walk.value(1)));
        return verdicts;
    }

    private boolean find(int code, int shortest) {
        var walk = cursor();
        while (walk.next()) if (walk.is(code, shortest)) return true;
        return false;
    }
}
