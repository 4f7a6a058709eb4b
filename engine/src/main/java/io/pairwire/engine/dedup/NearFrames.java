package io.pairwire.engine.dedup;

import io.pairwire.capture.Packet;
import io.pairwire.engine.content.ContentHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The few packets before, each known by its length, its first bytes and its last: only where all these agree are two packets hashed whole.
 * For that the bytes of a packet must stay where they are until {@link #settle}, which hashes what is remembered while it is
 * still there. Not thread-safe; allocates nothing per packet.
 */
final class NearFrames {
    /*
     * A mark is a sum of products of words with odd numbers: no step waits for another, and of a packet of 1,500 bytes one
     * or two cache lines are read instead of 24. Transport checksums lie among the first bytes, so marks of packets that differ
     * nearly always differ. Where they do not, the whole hashes decide; each packet is hashed once at most, so packets made
     * to have the same marks cost what hashing every packet costs.
     */

    /** Windows up to that length are looked through one by one. */
    static final int MOST_PACKETS = 32;

    /** Shorter packets have their whole hash as a mark. */
    private static final int HEAD = 96;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long[] ODD = {
        0x9e37_79b9_7f4a_7c15L, 0xbf58_476d_1ce4_e5b9L, 0x94d0_49bb_1331_11ebL, 0xd6e8_feb8_6659_fd93L,
        0xa076_1d64_78bd_642fL, 0xe703_7ed1_a0b4_28dbL, 0x8ebc_6af0_9c88_c6e3L, 0x5899_65cc_7537_4cc3L,
        0x1d8e_4e27_c47d_124fL, 0xeb44_acca_b455_d165L, 0x9fb2_1c65_1e98_df25L, 0xc2b2_ae3d_27d4_eb4fL
    };

    private final ContentHash hash;
    private final long[] marks;
    private final long[] whole;
    private final long[] times;

    /** Whose whole hash is known. */
    private final boolean[] hashed;

    private final MemorySegment[] memories;
    private final long[] starts;
    private final int[] lengths;
    private final Packet earlier = new Packet();

    /** Where the next packet goes, and how many are remembered. */
    private int next;

    private int count;

    /** Of the packet that was looked for last. */
    private long mark;

    private long content;
    private boolean isHashed;

    /** @param room packets that are remembered */
    NearFrames(ContentHash hash, int room) {
        this.hash = hash;
        marks = new long[room];
        whole = new long[room];
        times = new long[room];
        hashed = new boolean[room];
        memories = new MemorySegment[room];
        Arrays.fill(memories, MemorySegment.NULL);
        starts = new long[room];
        lengths = new int[room];
    }

    /** Where the latest packet with the same bytes is remembered; -1 if there is none. */
    int latest(Packet packet) {
        mark = mark(packet);
        isHashed = packet.capturedLength() < HEAD;
        content = mark;
        int at = next;
        for (int i = 0; i < count; i++) {
            at = at == 0 ? marks.length - 1 : at - 1;
            if (marks[at] == mark && hasSameBytes(packet, at)) return at;
        }
        return -1;
    }

    private boolean hasSameBytes(Packet packet, int at) {
        if (lengths[at] != packet.capturedLength()) return false;
        if (!isHashed) {
            content = whole(packet);
            isHashed = true;
        }
        if (!hashed[at]) settle(at);
        return whole[at] == content;
    }

    long time(int at) {
        return times[at];
    }

    /** Remembers the packet that was looked for last, in place of the one that is remembered longest. */
    void add(Packet packet) {
        if (marks.length == 0) return;
        int at = next;
        marks[at] = mark;
        whole[at] = content;
        hashed[at] = isHashed;
        times[at] = packet.epochNanos();
        memories[at] = packet.memory();
        starts[at] = packet.start();
        lengths[at] = packet.capturedLength();
        next = at + 1 == marks.length ? 0 : at + 1;
        if (count < marks.length) count++;
    }

    /** Hashes what is remembered and was not hashed: its bytes go. */
    void settle() {
        for (int at = 0; at < count; at++) {
            if (!hashed[at]) settle(at);
            memories[at] = MemorySegment.NULL;
        }
    }

    private void settle(int at) {
        earlier.moveTo(memories[at], starts[at], lengths[at], lengths[at], 0);
        whole[at] = whole(earlier);
        hashed[at] = true;
    }

    private long whole(Packet packet) {
        int length = packet.capturedLength();
        return hash.bytes(packet, 0, length, length);
    }

    private long mark(Packet packet) {
        int length = packet.capturedLength();
        if (length < HEAD) return whole(packet);
        MemorySegment memory = packet.memory();
        long start = packet.start();
        long sum = length;
        for (int i = 0; i < ODD.length; i++) sum += memory.get(WORD, start + 8 * i) * ODD[i];
        return sum + Long.rotateLeft(memory.get(WORD, start + length - 8), 29) * ODD[0];
    }
}
