package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One of the four rings that a socket shares with the kernel. Of two indices, which count up and wrap at 2^32, each side
 * writes one: what the producer put into entries is published by its store of the producer index with release order, and the
 * consumer's reads of entries are over before its store of the consumer index, also with release. Each side reads the other's
 * index with acquire. One thread.
 */
final class XdpRing {
    /** An entry of the fill and completion rings is where a frame is. */
    static final int ADDRESS_ENTRY = Long.BYTES;

    /** An entry of the RX and TX rings is a {@code struct xdp_desc}. */
    static final int DESCRIPTOR_ENTRY = (int) XdpCalls.DESCRIPTOR.byteSize();

    private static final long LENGTH_AT = XdpCalls.DESCRIPTOR.byteOffset(PathElement.groupElement("len"));
    private static final long OPTIONS_AT = XdpCalls.DESCRIPTOR.byteOffset(PathElement.groupElement("options"));
    private static final int NEED_WAKEUP = 1;
    private static final VarHandle INDEX = INT.varHandle();

    private final MemorySegment memory;
    private final long producerAt;
    private final long consumerAt;
    private final long flagsAt;
    private final long entriesAt;
    private final int entries;
    private final int entryLength;
    private int own; // the index this side writes, ahead of what is published

    /**
     * @param memory the mapping of the ring
     * @param entries a power of two
     */
    XdpRing(
            MemorySegment memory,
            long producerAt,
            long consumerAt,
            long flagsAt,
            long entriesAt,
            int entries,
            int entryLength) {
        this.memory = memory;
        this.producerAt = producerAt;
        this.consumerAt = consumerAt;
        this.flagsAt = flagsAt;
        this.entriesAt = entriesAt;
        this.entries = entries;
        this.entryLength = entryLength;
    }

    /** A ring of a socket; {@code offsets} is what the kernel says of this kind of ring. */
    static XdpRing of(MemorySegment memory, MemorySegment offsets, int entries, int entryLength) {
        return new XdpRing(
                memory,
                offsets.get(LONG, 0),
                offsets.get(LONG, 8),
                offsets.get(LONG, 24),
                offsets.get(LONG, 16),
                entries,
                entryLength);
    }

    /** Bytes to map for a ring. */
    static long mappedLength(MemorySegment offsets, int entries, int entryLength) {
        return offsets.get(LONG, 16) + (long) entries * entryLength;
    }

    int entries() {
        return entries;
    }

    /** For the producer: how many entries may be put. */
    int room() {
        return entries - (own - (int) INDEX.getAcquire(memory, consumerAt));
    }

    void put(long address) {
        memory.set(LONG, entry(own++), address);
    }

    void put(long address, int length) {
        long at = entry(own++);
        memory.set(LONG, at, address);
        memory.set(INT, at + LENGTH_AT, length);
        memory.set(INT, at + OPTIONS_AT, 0);
    }

    /** Shows the consumer what was put. */
    void publish() {
        INDEX.setRelease(memory, producerAt, own);
    }

    /** For the consumer: how many entries wait. */
    int waiting() {
        return (int) INDEX.getAcquire(memory, producerAt) - own;
    }

    /** Where the {@code i}th waiting frame is. */
    long address(int i) {
        return memory.get(LONG, entry(own + i));
    }

    int length(int i) {
        return memory.get(INT, entry(own + i) + LENGTH_AT);
    }

    int options(int i) {
        return memory.get(INT, entry(own + i) + OPTIONS_AT);
    }

    /** Gives the first entries that wait back to the producer. */
    void release(int count) {
        own += count;
        INDEX.setRelease(memory, consumerAt, own);
    }

    /** Does the kernel sleep until it is called? */
    boolean needsWakeup() {
        return ((int) INDEX.getAcquire(memory, flagsAt) & NEED_WAKEUP) != 0;
    }

    private long entry(int index) {
        return entriesAt + (long) (index & entries - 1) * entryLength;
    }
}
