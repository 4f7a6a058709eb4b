package io.pairwire.engine.pair;

import io.pairwire.capture.Packet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * The key of a packet: 128 bits over both endpoints, whatever their order, and the payload. Holds the last result; belongs
 * to one thread.
 *
 * <p>Two lanes of 64 bits with different secrets take in all words: of 32 bytes each lane multiplies one half into its
 * state, a full multiplication whose halves are folded, and adds the other half plainly. Two payloads collide only if both
 * lanes do. The secrets are drawn anew for each engine, so nobody can prepare packets that collide; the result of matching
 * does not depend on them.
 */
final class PairKey {
    /** Payloads beyond this take longer steps. */
    private static final int LONG = 128;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long FLOW_A = 0x243f_6a88_85a3_08d3L; // the fraction of pi, for want of a meaning
    private static final long FLOW_B = 0x1319_8a2e_0370_7344L;
    private static final long FLOW_C = 0xa409_3822_299f_31d0L;
    private static final long FLOW_D = 0x082e_fa98_ec4e_6c89L;

    private long secretA;
    private long secretB;
    private long secretC;
    private long secretD;

    private long a;
    private long b;
    private long flow;

    PairKey(RandomGenerator random) {
        secretA = random.nextLong();
        secretB = random.nextLong();
        secretC = random.nextLong();
        secretD = random.nextLong();
    }

    /** Writes the secrets: who knows them can prepare packets that collide. */
    void save(DataOutput out) throws IOException {
        out.writeLong(secretA);
        out.writeLong(secretB);
        out.writeLong(secretC);
        out.writeLong(secretD);
    }

    void restore(DataInput in) throws IOException {
        secretA = in.readLong();
        secretB = in.readLong();
        secretC = in.readLong();
        secretD = in.readLong();
    }

    /**
     * Begins a key with two IPv4 endpoints, each address and port in one word, the smaller first.
     *
     * @param kind what must be equal besides: pairing class and payload length
     */
    void begin(long smaller, long greater, long kind) {
        flow = fold(smaller ^ FLOW_A, greater ^ FLOW_B);
        a = fold(smaller ^ secretA, greater ^ secretC) ^ kind;
        b = fold(smaller ^ secretD, greater ^ secretB) + kind;
    }

    /** Begins a key with two IPv6 endpoints, the smaller first. */
    void begin(
            long smallerHigh,
            long smallerLow,
            int smallerPort,
            long greaterHigh,
            long greaterLow,
            int greaterPort,
            long kind) {
        long ports = (long) smallerPort << 16 | greaterPort;
        flow = fold(smallerHigh ^ FLOW_A, smallerLow ^ FLOW_B)
                ^ fold(greaterHigh ^ FLOW_C, greaterLow ^ FLOW_D ^ ports);
        a = secretA ^ kind;
        b = secretB + kind;
        absorb(smallerHigh, smallerLow);
        absorb(greaterHigh, greaterLow);
        absorb(ports, ~ports);
    }

    /** Takes in {@code length} bytes of the packet, at least 1, all of which were captured. */
    void payload(Packet packet, int at, int length) {
        int end = at + length;
        int position = length > LONG ? longPayload(packet, at, end) : at;
        long x = a;
        long y = b;
        while (end - position >= 32) {
            long w0 = packet.littleU64(position);
            long w1 = packet.littleU64(position + 8);
            long w2 = packet.littleU64(position + 16);
            long w3 = packet.littleU64(position + 24);
            x = fold(w0 ^ x, w1 ^ secretC) ^ cross(w2, w3);
            y = fold(w2 ^ secretD, w3 ^ y) ^ cross(w0, w1);
            position += 32;
        }
        a = x;
        b = y;
        rest(packet, position, end);
    }

    /** Up to 31 bytes; where they do not fill their words, the words overlap. */
    private void rest(Packet packet, int position, int end) {
        int length = end - position;
        if (length >= 16) {
            absorb(packet.littleU64(position), packet.littleU64(position + 8));
            if (length > 16) absorb(packet.littleU64(end - 16), packet.littleU64(end - 8));
        } else if (length >= 8) {
            absorb(packet.littleU64(position), packet.littleU64(end - 8));
        } else if (length >= 4) {
            absorb(packet.littleU32(position), packet.littleU32(end - 4));
        } else if (length > 0) {
            int bytes = packet.u8(position) | packet.u8(position + length / 2) << 8 | packet.u8(end - 1) << 16;
            absorb(bytes, length);
        }
    }

    /** Sixty-four bytes a step on two pairs of lanes, so that multiplications overlap. */
    private int longPayload(Packet packet, int from, int end) {
        // A counted loop over a local segment: so the compiler checks bounds once and not at every word.
        MemorySegment memory = packet.memory();
        long start = packet.start() + from;
        int steps = (end - from) / 64;
        long x0 = a;
        long y0 = b;
        long x1 = a ^ secretC;
        long y1 = b ^ secretD;
        for (int step = 0; step < steps; step++) {
            long at = start + 64L * step;
            long w0 = memory.get(WORD, at);
            long w1 = memory.get(WORD, at + 8);
            long w2 = memory.get(WORD, at + 16);
            long w3 = memory.get(WORD, at + 24);
            x0 = fold(w0 ^ x0, w1 ^ secretC) ^ cross(w2, w3);
            y0 = fold(w2 ^ secretD, w3 ^ y0) ^ cross(w0, w1);
            long w4 = memory.get(WORD, at + 32);
            long w5 = memory.get(WORD, at + 40);
            long w6 = memory.get(WORD, at + 48);
            long w7 = memory.get(WORD, at + 56);
            x1 = fold(w4 ^ x1, w5 ^ secretA) ^ cross(w6, w7);
            y1 = fold(w6 ^ secretB, w7 ^ y1) ^ cross(w4, w5);
        }
        a = fold(x0 ^ secretA, x1 ^ secretB);
        b = fold(y0 ^ secretC, y1 ^ secretD);
        return from + 64 * steps;
    }

    /** What the other lane takes in of two words; two words that differ and give the same still differ in their own lane. */
    private static long cross(long one, long other) {
        return one + Long.rotateLeft(other, 29);
    }

    private void absorb(long x, long y) {
        a = fold(x ^ a, y ^ secretC);
        b = fold(x ^ secretD, y ^ b);
    }

    private static long fold(long x, long y) {
        return x * y ^ Math.unsignedMultiplyHigh(x, y);
    }

    /** The lower half; its leading bits choose places in a store. */
    long low() {
        return mix(a);
    }

    /** The upper half. */
    long high() {
        return mix(b);
    }

    /** A hash of the endpoints alone, the same for both directions. */
    long flow() {
        return mix(flow);
    }

    /** A bijection that lets every bit depend on every other. */
    private static long mix(long value) {
        long x = (value ^ value >>> 32) * 0x9fb2_1c65_1e98_df25L;
        return x ^ x >>> 29;
    }
}
