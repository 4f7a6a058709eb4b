package io.pairwire.engine.content;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * A 64-bit hash under secrets that nobody can guess, so that nobody can prepare packets that collide: two words a step,
 * multiplied to 128 bits and folded. Values are comparable only if they come from the same object. Immutable; any thread.
 */
public final class ContentHash {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Below that a second pair of lanes costs more than it saves. */
    private static final int LONG = 128;

    private final long secretA;
    private final long secretB;
    private final long secretC;

    /** @param random where the secrets come from */
    public ContentHash(RandomGenerator random) {
        secretA = random.nextLong() | 1;
        secretB = random.nextLong() | 1;
        secretC = random.nextLong() | 1;
    }

    /** Two words as one, in which every bit depends on every other. */
    public long of(long one, long other) {
        long x = fold(one ^ secretA, other ^ secretB);
        return mix(x ^ Long.rotateLeft(one, 32) ^ other);
    }

    /** {@code length} bytes of the packet, all of which were captured; {@code length} may be 0. */
    public long bytes(Packet packet, int at, int length, long seed) {
        // Words of a packet are read through its memory in a counted loop: bounds are checked once and not at each
        // word.
        MemorySegment memory = packet.memory();
        long start = packet.start() + at;
        long x = seed ^ secretC;
        long y = length ^ secretA;
        int done = 0;
        if (length >= LONG) {
            int steps = length / 64;
            long x1 = x ^ secretB;
            long y1 = y ^ secretB;
            for (int step = 0; step < steps; step++) {
                long from = start + 64L * step;
                x = fold(memory.get(WORD, from) ^ x, memory.get(WORD, from + 8) ^ secretA);
                y = fold(memory.get(WORD, from + 16) ^ y, memory.get(WORD, from + 24) ^ secretB);
                x1 = fold(memory.get(WORD, from + 32) ^ x1, memory.get(WORD, from + 40) ^ secretC);
                y1 = fold(memory.get(WORD, from + 48) ^ y1, memory.get(WORD, from + 56) ^ secretA);
            }
            x = fold(x ^ secretA, x1 ^ secretB) ^ y1;
            y = fold(y ^ secretC, y1 ^ secretA) + x1;
            done = 64 * steps;
        }
        while (length - done >= 16) {
            x = fold(memory.get(WORD, start + done) ^ x, memory.get(WORD, start + done + 8) ^ secretA);
            done += 16;
        }
        int left = length - done;
        if (left > 0) {
            long low = tail(packet, at + done, Math.min(left, 8));
            long high = left > 8 ? tail(packet, at + done + 8, left - 8) : 0;
            y = fold(low ^ y, high ^ secretB);
        }
        return mix(fold(x ^ secretB, y ^ secretC));
    }

    private static long tail(Packet packet, int at, int length) {
        if (length == 8) return packet.littleU64(at);
        if (length >= 4) {
            long low = Integer.toUnsignedLong(packet.littleU32(at));
            return low | Integer.toUnsignedLong(packet.littleU32(at + length - 4)) << 32;
        }
        long word = 0;
        for (int i = 0; i < length; i++) word |= (long) packet.u8(at + i) << 8 * i;
        return word;
    }

    private static long fold(long x, long y) {
        return x * y ^ Math.unsignedMultiplyHigh(x, y);
    }

    private static long mix(long value) {
        long x = (value ^ value >>> 32) * 0x9fb2_1c65_1e98_df25L;
        return x ^ x >>> 29;
    }
}
