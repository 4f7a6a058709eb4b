package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.ChecksumVerdict;
import io.pairwire.decode.Checksums;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.Defragmenter;
import io.pairwire.decode.stream.FragmentDrop;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.ErrorCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;

/**
 * Sees what is made to look different to an observer than to the host it is sent to: each is counted and told once a packet.
 * What comes along with putting fragments and streams together is always seen; what needs a look at every byte only if that
 * was asked for. Bounded and without garbage; belongs to one thread.
 */
final class EvasionWatch {
    /** No link may have an MTU below 68 bytes (RFC 791 §3.2), so no honest fragment but the last has less data. */
    private static final int LEAST_FRAGMENT = 48;

    /** Segments that are remembered: the latest for each place of the table. */
    private static final int REMEMBERED = 1 << 16;

    private static final FragmentDrop[] FLOODED = {FragmentDrop.TOO_MANY, FragmentDrop.NO_ROOM, FragmentDrop.EVICTED};
    private static final FragmentDrop[] OVERLAPPED = {FragmentDrop.OVERLAPPING, FragmentDrop.CONTRADICTING_END};
    private static final FragmentDrop[] DOUBLED = {FragmentDrop.DUPLICATE};

    private static final long ODD = 0x9e3779b97f4a7c15L;
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final ErrorCounts errors;
    private final SessionListener listener;
    private final Checksums checksums = new Checksums();
    private final long secret;
    private boolean closely;
    private long[] places = new long[0];
    private long[] digests = new long[0];
    private long flooded;
    private long overlapped;
    private long doubled;
    private long overlappingBytes;
    private long conflictingBytes;
    private boolean contradicted; // told of the packet at hand

    EvasionWatch(ErrorCounts errors, SessionListener listener, RandomGenerator random) {
        this.errors = errors;
        this.listener = listener;
        secret = random.nextLong();
    }

    /** Shall every byte be looked at, for checksums and for segments that come again with another content? */
    void closely(boolean closely) {
        this.closely = closely;
        places = new long[closely ? REMEMBERED : 0];
        digests = new long[closely ? REMEMBERED : 0];
    }

    private void tell(ErrorCode code, Packet packet) {
        errors.count(code);
        listener.evasion(code, packet);
    }

    void timeWentBack(Packet packet) {
        tell(ErrorCode.TIME_WENT_BACK, packet);
    }

    /** A fragment was offered. */
    void fragment(Packet packet, Layers layers, Defragmenter defragmenter) {
        if (isTiny(packet, layers)) tell(ErrorCode.FRAGMENT_TINY, packet);
        long nowFlooded = sum(defragmenter, FLOODED);
        if (nowFlooded > flooded) tell(ErrorCode.FRAGMENT_FLOOD, packet);
        flooded = nowFlooded;
        long nowOverlapped = sum(defragmenter, OVERLAPPED);
        long bytes = defragmenter.overlappingBytes();
        if (nowOverlapped > overlapped || bytes > overlappingBytes) tell(ErrorCode.FRAGMENT_OVERLAP, packet);
        overlapped = nowOverlapped;
        overlappingBytes = bytes;
        long nowDoubled = sum(defragmenter, DOUBLED);
        if (nowDoubled > doubled) tell(ErrorCode.FRAGMENT_DUPLICATE, packet);
        doubled = nowDoubled;
    }

    private static long sum(Defragmenter defragmenter, FragmentDrop[] reasons) {
        long sum = 0;
        for (FragmentDrop reason : reasons) sum += defragmenter.dropped(reason);
        return sum;
    }

    private static boolean isTiny(Packet packet, Layers layers) {
        int at = layers.networkAt();
        if (layers.ipVersion() == 4) {
            return Ipv4.isMoreFragments(packet, at)
                    && Ipv4.totalLength(packet, at) - Ipv4.headerLength(packet, at) < LEAST_FRAGMENT;
        }
        int end = at + Ipv6.LENGTH + Ipv6.payloadLength(packet, at);
        for (int i = 0; i < layers.depth(); i++) {
            if (layers.kind(i) != Layer.IPV6_FRAGMENT) continue;
            int header = layers.at(i);
            return Ipv6Fragment.isMoreFragments(packet, header) && end - header - Ipv6Fragment.LENGTH < LEAST_FRAGMENT;
        }
        return false;
    }

    /** After segments were put together: how many bytes came twice with another content, so far? */
    void conflicting(long bytes, Packet packet) {
        if (bytes > conflictingBytes && !contradicted) tell(ErrorCode.SEGMENT_CONTRADICTS, packet);
        conflictingBytes = bytes;
    }

    /** Is a checksum wrong, so that the host would not take the packet? False if nobody asked to look closely. */
    boolean isDamaged(Packet packet, Layers layers) {
        if (!closely) return false;
        for (int i = 0; i < layers.depth(); i++) {
            if (checksums.verify(packet, layers, i) == ChecksumVerdict.INVALID) {
                tell(ErrorCode.CHECKSUM_WRONG, packet);
                return true;
            }
        }
        return false;
    }

    /** A TCP segment with payload: has one of the same place and length had other bytes? */
    void segment(TrackedSession session, boolean fromOriginator, Packet packet, Layers of) {
        contradicted = false;
        int length = of.payloadLength();
        // One byte may be a keep-alive, whose content nobody cares for (RFC 9293 §3.8.4).
        if (!closely || length < 2 || of.payloadCaptured() < length) return;
        long place = mix(session.id << 1 | (fromOriginator ? 1 : 0));
        place = mix(place ^ Tcp.sequence(packet, of.transportAt()) << 16 ^ length) | 1;
        long digest = digest(packet.memory(), packet.start() + of.payloadAt(), length);
        int slot = (int) (place >>> 40) & REMEMBERED - 1;
        contradicted = places[slot] == place && digests[slot] != digest;
        if (contradicted) tell(ErrorCode.SEGMENT_CONTRADICTS, packet);
        places[slot] = place;
        digests[slot] = digest;
    }

    private long mix(long value) {
        long mixed = (value ^ secret) * ODD;
        return (mixed ^ mixed >>> 29) * ODD;
    }

    private long digest(MemorySegment memory, long at, int length) {
        long digest = secret;
        int i = 0;
        for (; length - i >= Long.BYTES; i += Long.BYTES) digest = mix(digest ^ memory.get(U64, at + i));
        for (; i < length; i++) digest = mix(digest ^ memory.get(U8, at + i));
        return digest;
    }
}
