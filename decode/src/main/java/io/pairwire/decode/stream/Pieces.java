package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.PiecePool.NONE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What is held of one stream or datagram: pieces in the order of their offsets that do not overlap, each with the bounds of
 * the segment or fragment it is from, as that was sent. What overlaps is settled byte by byte when it arrives.
 */
final class Pieces {
    private final PiecePool pool;
    private int head = NONE;
    private int tail = NONE;
    private int recent = NONE; // where the next is likely to go: behind the one before it
    private int chunks;
    private long bytes;

    Pieces(PiecePool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return head == NONE;
    }

    int chunks() {
        return chunks;
    }

    long bytes() {
        return bytes;
    }

    /** The piece with the least offset, or {@link PiecePool#NONE}. */
    int head() {
        return head;
    }

    /** Behind the last byte held, or {@link Long#MIN_VALUE}. */
    long end() {
        return tail == NONE ? Long.MIN_VALUE : pool.end(tail);
    }

    /** Chunks that the bytes of a range need which are not held. */
    long chunksFor(long from, long to) {
        long chunks = 0;
        long at = from;
        for (int piece = pieceBehind(pieceBefore(from)); at < to; piece = pool.next[piece]) {
            if (piece == NONE || pool.from[piece] >= to) return chunks + PiecePool.chunks(to - at);
            if (pool.from[piece] > at) chunks += PiecePool.chunks(pool.from[piece] - at);
            at = pool.end(piece);
        }
        return chunks;
    }

    /** Is a byte held at or behind {@code from} and before {@code to}? */
    boolean overlaps(long from, long to) {
        int piece = pieceBehind(pieceBefore(from));
        return piece != NONE && pool.from[piece] < to;
    }

    /** Is all of an arrival held already: sent with the same bounds, and the same bytes? */
    boolean hasCopy(Arrival arrival) {
        long at = arrival.from;
        for (int piece = pieceBehind(pieceBefore(at)); piece != NONE && at < arrival.to; piece = pool.next[piece]) {
            if (pool.from[piece] != at || pool.end(piece) > arrival.to) return false;
            if (pool.sentFrom[piece] != arrival.sentFrom || pool.sentTo[piece] != arrival.sentTo) return false;
            long theirs = arrival.at + (at - arrival.from);
            if (differing(pool.memory(piece), pool.at(piece), arrival.memory, theirs, pool.length[piece]) > 0) {
                return false;
            }
            at = pool.end(piece);
        }
        return at == arrival.to;
    }

    /** The last piece that ends at or before an offset. */
    private int pieceBefore(long offset) {
        if (tail == NONE || pool.end(tail) <= offset) return tail;
        int before = NONE;
        int piece = head;
        if (recent != NONE && pool.end(recent) <= offset) {
            before = recent;
            piece = pool.next[recent];
        }
        while (piece != NONE && pool.end(piece) <= offset) {
            before = piece;
            piece = pool.next[piece];
        }
        return before;
    }

    /** The piece behind one, or the first. */
    private int pieceBehind(int piece) {
        return piece == NONE ? head : pool.next[piece];
    }

    /**
     * Takes in what arrives. Its results are set: bytes that were held already and are equal, or not; bytes that found a
     * place, and that found none. All four together are its length, unless bytes that were preferred over held ones found
     * no place: these count twice, for the byte that was held and for the one that came.
     *
     * @param mostChunks that may be held here
     */
    void add(Arrival arrival, Precedence precedence, int mostChunks) {
        arrival.clearResult();
        int before = pieceBefore(arrival.from);
        int piece = pieceBehind(before);
        long at = arrival.from;
        while (at < arrival.to) {
            long hole = piece == NONE ? arrival.to : Math.min(arrival.to, pool.from[piece]);
            if (at < hole) {
                before = fill(before, arrival, at, hole, mostChunks);
                at = hole;
                continue;
            }
            long end = Math.min(arrival.to, pool.end(piece));
            compare(arrival, piece, at, end);
            if (precedence.prefersArriving(
                    pool.sentFrom[piece], pool.sentTo[piece], arrival.sentFrom, arrival.sentTo)) {
                if (at > pool.from[piece]) {
                    if (!split(piece, at, mostChunks)) { // no room: the new bytes go under the old name
                        copy(arrival, piece, at, end);
                        at = end;
                        before = piece;
                        piece = pool.next[piece];
                        continue;
                    }
                    before = piece;
                    piece = pool.next[piece];
                }
                piece = giveUp(before, piece, end);
                before = fill(before, arrival, at, end, mostChunks);
            }
            at = end;
            if (piece != NONE && pool.end(piece) <= at) {
                before = piece;
                piece = pool.next[piece];
            }
        }
    }

    private void compare(Arrival arrival, int piece, long from, long to) {
        long ours = pool.at(piece) + (from - pool.from[piece]);
        long theirs = arrival.at + (from - arrival.from);
        long length = to - from;
        long differing = differing(pool.memory(piece), ours, arrival.memory, theirs, length);
        arrival.conflicting += differing;
        arrival.equal += length - differing;
    }

    /** How many bytes of two ranges differ. */
    static long differing(MemorySegment one, long oneAt, MemorySegment other, long otherAt, long length) {
        long first = MemorySegment.mismatch(one, oneAt, oneAt + length, other, otherAt, otherAt + length);
        if (first < 0) return 0;
        long differing = 0;
        for (long i = first; i < length; i++) {
            if (one.get(ValueLayout.JAVA_BYTE, oneAt + i) != other.get(ValueLayout.JAVA_BYTE, otherAt + i)) differing++;
        }
        return differing;
    }

    private void copy(Arrival arrival, int piece, long from, long to) {
        MemorySegment.copy(
                arrival.memory,
                arrival.at + (from - arrival.from),
                pool.memory(piece),
                pool.at(piece) + (from - pool.from[piece]),
                to - from);
    }

    /** Puts bytes into a hole behind a piece; answers the piece that is now before the end of the hole. */
    private int fill(int behind, Arrival arrival, long from, long to, int mostChunks) {
        int before = behind;
        for (long at = from; at < to; ) {
            int piece = take(mostChunks);
            if (piece == NONE) {
                arrival.refused += to - at;
                return before;
            }
            int length = (int) Math.min(PiecePool.CHUNK, to - at);
            pool.start[piece] = 0;
            pool.from[piece] = at;
            pool.length[piece] = length;
            pool.cut[piece] = at + length == arrival.to ? arrival.cut : 0;
            pool.urgent[piece] = arrival.urgent;
            pool.sentFrom[piece] = arrival.sentFrom;
            pool.sentTo[piece] = arrival.sentTo;
            pool.epochNanos[piece] = arrival.epochNanos;
            pool.number[piece] = arrival.number;
            pool.bytes += length;
            bytes += length;
            arrival.stored += length;
            copy(arrival, piece, at, at + length);
            link(before, piece);
            before = piece;
            recent = piece;
            at += length;
        }
        return before;
    }

    private int take(int mostChunks) {
        if (chunks >= mostChunks) return NONE;
        int piece = pool.take();
        if (piece != NONE) chunks++;
        return piece;
    }

    private void link(int before, int piece) {
        if (before == NONE) {
            pool.next[piece] = head;
            head = piece;
        } else {
            pool.next[piece] = pool.next[before];
            pool.next[before] = piece;
        }
        if (before == tail) tail = piece;
    }

    /** Makes two pieces of one; false if there is no chunk for the second. */
    private boolean split(int piece, long at, int mostChunks) {
        int second = take(mostChunks);
        if (second == NONE) return false;
        int kept = (int) (at - pool.from[piece]);
        int moved = pool.length[piece] - kept;
        pool.start[second] = 0;
        pool.from[second] = at;
        pool.length[second] = moved;
        pool.cut[second] = pool.cut[piece];
        pool.urgent[second] = pool.urgent[piece];
        pool.sentFrom[second] = pool.sentFrom[piece];
        pool.sentTo[second] = pool.sentTo[piece];
        pool.epochNanos[second] = pool.epochNanos[piece];
        pool.number[second] = pool.number[piece];
        MemorySegment.copy(pool.memory(piece), pool.at(piece) + kept, pool.memory(second), pool.at(second), moved);
        pool.length[piece] = kept;
        pool.cut[piece] = 0;
        link(piece, second);
        return true;
    }

    /** Gives up a piece, or its bytes before {@code end}; answers the piece that is now behind {@code before}. */
    private int giveUp(int before, int piece, long end) {
        int given = (int) (end - pool.from[piece]);
        if (given < pool.length[piece]) {
            pool.trim(piece, given);
            bytes -= given;
            return piece;
        }
        int next = pool.next[piece];
        if (before == NONE) head = next;
        else pool.next[before] = next;
        if (piece == tail) tail = before;
        release(piece);
        return next;
    }

    private void release(int piece) {
        if (piece == recent) recent = NONE;
        bytes -= pool.length[piece];
        chunks--;
        pool.give(piece);
    }

    /** Gives up the bytes of the first piece before an offset that lies in it or at its end. */
    void dropHead(long offset) {
        giveUp(NONE, head, offset);
    }

    /**
     * Takes the first piece out of the list. Its bytes no longer count as held but stay in place until the caller, who
     * has asked for its length before, gives it back to the pool.
     */
    int removeHead() {
        int piece = head;
        head = pool.next[piece];
        if (piece == tail) tail = NONE;
        if (piece == recent) recent = NONE;
        bytes -= pool.length[piece];
        chunks--;
        pool.trim(piece, pool.length[piece]);
        return piece;
    }

    /** Gives up everything. */
    void clear() {
        while (head != NONE) giveUp(NONE, head, pool.end(head));
    }
}
