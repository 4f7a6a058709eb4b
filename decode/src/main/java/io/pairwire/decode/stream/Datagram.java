package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.PiecePool.NONE;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The fragments of one datagram so far. Used again for another when it is done. */
final class Datagram extends Keyed {
    final Pieces held;
    private final PiecePool pool;

    boolean ipv6;

    /** Fragments held. */
    int fragments;

    /** Bytes of data in the whole datagram, or -1 while the last fragment is missing. */
    long total;

    /** Why it was given up while its fragments are still to come, or null. */
    @Nullable
    FragmentDrop refused;

    int file;
    long firstNumber;

    // The headers of the fragment at offset 0, in a chunk: all from the link layer to before the data, or before the
    // fragment header of IPv6.
    private int header;
    private int headerLength;
    int linkType;
    int networkAt;

    /** IPv6: where in the headers it says what follows them, and what follows the fragment header. */
    int nextHeaderAt;

    int nextHeader;

    Datagram(PiecePool pool) {
        this.pool = pool;
        held = new Pieces(pool);
    }

    void reset(Packet packet, boolean ipv6) {
        this.ipv6 = ipv6;
        fragments = 0;
        total = -1;
        refused = null;
        file = packet.file();
        firstNumber = packet.number();
        header = NONE;
    }

    boolean hasHeader() {
        return header != NONE;
    }

    int headerLength() {
        return headerLength;
    }

    /** Keeps the headers; false if there is no chunk for them. */
    boolean keepHeader(Packet packet, int networkAt, int length) {
        header = pool.take();
        if (header == NONE) return false;
        headerLength = length;
        linkType = packet.linkType();
        this.networkAt = networkAt;
        pool.start[header] = 0;
        pool.length[header] = length;
        pool.bytes += length;
        MemorySegment.copy(packet.memory(), packet.start(), pool.memory(header), pool.at(header), length);
        return true;
    }

    /** Are all bytes there? None is behind the total, so their number says it. */
    boolean isComplete() {
        return total >= 0 && held.bytes() == total && hasHeader();
    }

    /** Writes headers and data one behind the other. */
    void writeTo(MemorySegment memory) {
        MemorySegment.copy(pool.memory(header), pool.at(header), memory, 0, headerLength);
        for (int piece = held.head(); piece != NONE; piece = pool.next[piece]) {
            MemorySegment.copy(
                    pool.memory(piece), pool.at(piece), memory, headerLength + pool.from[piece], pool.length[piece]);
        }
    }

    /** Gives back all memory. */
    void release() {
        held.clear();
        if (header != NONE) pool.give(header);
        header = NONE;
        fragments = 0;
    }
}
