package io.pairwire.engine.pair;

import io.pairwire.capture.Packet;
import java.util.random.RandomGenerator;

/**
 * The key of a packet: 128 bits over both endpoints, whatever their order, and the payload. Holds the last result; belongs
 * to one thread.
 *
 * <p>Two hashes of 64 bits with different secrets take in the same words, sixteen bytes a step, each by one full
 * multiplication whose halves are folded. The secrets are drawn anew for each engine, so nobody can prepare packets that
 * collide; the result of matching does not depend on them.
 */
final class PairKey {
    private final long[] secrets = new long[8];
    private final long secretA;
    private final long secretB;
    private final long secretC;
    private final long secretD;

    private long a;
    private long b;
    private long flow;

    PairKey(RandomGenerator random) {
        for (int i = 0; i < secrets.length; i++) secrets[i] = random.nextLong();
        secretA = secrets[0];
        secretB = secrets[1];
        secretC = secrets[2];
        secretD = secrets[3];
    }

    /**
     * Begins a key with two IPv4 endpoints, each address and port in one word, the smaller first.
     *
     * @param kind what must be equal besides: pairing class and payload length
     */
    void begin(long smaller, long greater, long kind) {
        flow = fold(smaller ^ secrets[4], greater ^ secrets[5]);
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
        flow = fold(smallerHigh ^ secrets[4], smallerLow ^ secrets[5])
                ^ fold(greaterHigh ^ secrets[6], greaterLow ^ secrets[7] ^ ports);
        a = secretA ^ kind;
        b = secretB + kind;
        absorb(smallerHigh, smallerLow);
        absorb(greaterHigh, greaterLow);
        absorb(ports, ~ports);
    }

    /** Takes in {@code length} bytes of the packet, at least 1, all of which were captured. */
    void payload(Packet packet, int at, int length) {
        int position = at;
        int end = at + length;
        if (length >= 160) position = longPayload(packet, position, end);
        while (end - position > 16) {
            absorb(packet.littleU64(position), packet.littleU64(position + 8));
            position += 16;
        }
        int rest = end - position;
        if (rest >= 8) {
            absorb(packet.littleU64(position), packet.littleU64(end - 8));
        } else if (rest >= 4) {
            absorb(packet.littleU32(position), packet.littleU32(end - 4));
        } else {
            absorb(packet.u8(position) | packet.u8(position + rest / 2) << 8 | packet.u8(end - 1) << 16, rest);
        }
    }

    /** Thirty-two bytes a step on two pairs of lanes, so that multiplications overlap. */
    private int longPayload(Packet packet, int from, int end) {
        int position = from;
        long a0 = a;
        long b0 = b;
        long a1 = a ^ secretC;
        long b1 = b ^ secretD;
        while (end - position > 32) {
            long w0 = packet.littleU64(position);
            long w1 = packet.littleU64(position + 8);
            long w2 = packet.littleU64(position + 16);
            long w3 = packet.littleU64(position + 24);
            a0 = fold(w0 ^ a0, w1 ^ secretC);
            b0 = fold(w0 ^ secretD, w1 ^ b0);
            a1 = fold(w2 ^ a1, w3 ^ secretA);
            b1 = fold(w2 ^ secretB, w3 ^ b1);
            position += 32;
        }
        a = fold(a0 ^ secretA, a1 ^ secretB);
        b = fold(b0 ^ secretC, b1 ^ secretD);
        return position;
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
