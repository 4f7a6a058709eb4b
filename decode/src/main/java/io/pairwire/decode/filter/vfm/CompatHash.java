package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.Packet;

/**
 * The hashes of {@code HASH5} and {@code HASH6} as VFM computes them on a little-endian machine: FNV-1a's numbers, over whole fields
 * instead of bytes. They have no secret, so a sender can make them collide.
 */
final class CompatHash {
    private static final long OFFSET_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x100_0000_01b3L;

    private CompatHash() {}

    /** Addresses begin at {@code addresses}, ports are numbers in network byte order. */
    static long ipv4(Packet packet, int addresses, int sourcePort, int destinationPort, int protocol) {
        long h = step(OFFSET_BASIS, packet.littleU32(addresses) & 0xffff_ffffL);
        h = step(h, packet.littleU32(addresses + 4) & 0xffff_ffffL);
        return rest(h, sourcePort, destinationPort, protocol);
    }

    /** As above; both addresses are folded into one, so that only ports tell the directions apart. */
    static long ipv6(Packet packet, int addresses, int sourcePort, int destinationPort, int protocol) {
        long h = step(OFFSET_BASIS, packet.littleU64(addresses) ^ packet.littleU64(addresses + 16));
        h = step(h, packet.littleU64(addresses + 8) ^ packet.littleU64(addresses + 24));
        return rest(h, sourcePort, destinationPort, protocol);
    }

    private static long rest(long h, int sourcePort, int destinationPort, int protocol) {
        long withSource = step(h, swapped(sourcePort));
        return step(step(withSource, swapped(destinationPort)), protocol);
    }

    private static long swapped(int port) {
        return (port & 0xff) << 8 | port >>> 8;
    }

    private static long step(long h, long field) {
        return (h ^ field) * PRIME;
    }
}
