package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.PiecePool.NONE;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import java.lang.foreign.MemorySegment;

/**
 * Brings what a stream gets into its order and hands it over: at once and in place what is next, later what has to wait.
 * What waits is bounded, and never waits for ever: room and time are made by giving up the gap before it.
 */
final class Delivery {
    private final StreamHandler handler;
    private final Connections connections;
    private final PiecePool pool;
    private final StreamTally tally;
    private final SegmentOverlap overlap;
    private final boolean leaveUrgentOut;
    private final int streamChunks;
    private final int window;
    private final TimeList<TcpStream> waiting = new TimeList<>(TcpStream.class);
    private final Arrival arrival = new Arrival();
    private long unplaced; // captured bytes of the segment that are not in the arrival, nor counted yet
    private long now = Long.MIN_VALUE;

    Delivery(
            StreamSettings settings,
            StreamHandler handler,
            Connections connections,
            PiecePool pool,
            StreamTally tally) {
        this.handler = handler;
        this.connections = connections;
        this.pool = pool;
        this.tally = tally;
        overlap = settings.overlap();
        leaveUrgentOut = settings.urgent() == UrgentPolicy.LEAVE_OUT;
        streamChunks = (int) Math.min(pool.most, settings.streamMemory() / PiecePool.CHUNK);
        window = settings.window();
    }

    /**
     * Begins with a segment. Whatever happens, {@link #endSegment} must follow.
     *
     * @param captured how much of its payload there is
     * @param epochNanos the time of the latest packet
     */
    void beginSegment(int captured, long epochNanos) {
        tally.segments++;
        tally.payload += captured;
        unplaced = captured;
        now = epochNanos;
    }

    /** Sees to it that every byte of the segment was counted, even if a handler threw. */
    void endSegment() {
        long left = arrival.length() + unplaced;
        if (left > 0) tally.drop(SegmentDrop.HANDLER_FAILED, left);
        arrival.from = arrival.to;
        unplaced = 0;
    }

    /** Counts bytes of the segment that go nowhere. */
    void drop(SegmentDrop reason, long bytes) {
        unplaced -= bytes;
        tally.drop(reason, bytes);
    }

    /**
     * Takes the payload of the segment.
     *
     * @param sequence of its first byte
     * @param urgentAt index of the urgent byte in the payload, or -1
     */
    void take(TcpStream stream, int sequence, Packet packet, Layers layers, boolean fin, int urgentAt) {
        int captured = layers.payloadCaptured();
        int length = layers.payloadLength();
        int distance = sequence - stream.nextSequence;
        boolean stray = distance > reach(stream) || distance < -window;
        if (stray && !follows(stream, sequence, length)) {
            drop(SegmentDrop.OUT_OF_WINDOW, captured);
            return;
        }
        arrival.memory = packet.memory();
        arrival.at = packet.start() + layers.payloadAt();
        arrival.epochNanos = packet.epochNanos();
        arrival.number = packet.number();
        try {
            if (stray) jump(stream, sequence);
            long from = stream.next + (sequence - stream.nextSequence);
            arrival.sentFrom = from;
            arrival.sentTo = from + length;
            place(stream, from, captured, leaveUrgentOut ? urgentAt : -1);
            if (fin) fin(stream, from + length);
            if (isAtFin(stream)) end(stream, EndReason.FIN);
        } finally {
            list(stream);
        }
    }

    /** How far ahead of the next byte a segment is believed: the window counts from the farthest byte that waits. */
    private long reach(TcpStream stream) {
        long ahead = stream.held.isEmpty() ? 0 : stream.held.end() - stream.next;
        return Math.min(ahead + window, StreamSettings.MOST_WINDOW);
    }

    /** A segment out of the window is believed if it goes on where the one before, out of the window too, ended. */
    private static boolean follows(TcpStream stream, int sequence, int length) {
        boolean follows = stream.strayed && stream.strayEnd == sequence && length > 0 && !stream.ended;
        stream.strayed = length > 0;
        stream.strayEnd = sequence + length;
        return follows;
    }

    private void jump(TcpStream stream, int sequence) {
        stream.strayed = false;
        // What waits is closer than where the stream is now.
        while (!stream.held.isEmpty()) giveUpGap(stream, GapReason.JUMP);
        if (stream.finAt >= 0) {
            stream.finAt = -1;
            tally.ignoredFins++;
        }
        gap(stream, Integer.toUnsignedLong(sequence - stream.nextSequence), GapReason.JUMP);
    }

    private void place(TcpStream stream, long from, int captured, int urgentAt) {
        long end = from + captured;
        long limit = stream.ended ? stream.next : stream.finAt >= 0 ? stream.finAt : Long.MAX_VALUE;
        long start = Math.clamp(0, from, end);
        if (start > from) drop(SegmentDrop.BEFORE_START, start - from);
        long stop = Math.clamp(limit, start, end);
        if (stop < end) drop(SegmentDrop.AFTER_END, end - stop);
        long cut = Math.max(0, Math.min(arrival.sentTo, limit) - end);
        long origin = arrival.at - from; // where offset 0 would lie
        long urgent = from + urgentAt;
        if (urgentAt >= 0 && urgent >= start && urgent < stop) {
            part(stream, origin, start, urgent, 0, false);
            part(stream, origin, urgent, urgent + 1, urgent + 1 == stop ? cut : 0, true);
            if (urgent + 1 < stop) part(stream, origin, urgent + 1, stop, cut, false);
        } else {
            part(stream, origin, start, stop, cut, false);
        }
    }

    private void part(TcpStream stream, long origin, long from, long to, long cut, boolean urgent) {
        unplaced -= to - from;
        arrival.at = origin + from;
        arrival.from = from;
        arrival.to = to;
        arrival.cut = cut;
        arrival.urgent = urgent;
        while (true) {
            long old = Math.min(to, stream.next) - arrival.from;
            if (old > 0) {
                tally.duplicate += old;
                arrival.skipTo(arrival.from + old);
            }
            if (arrival.from == to) break;
            if (stream.ended) { // while room was made
                tally.drop(SegmentDrop.AFTER_END, arrival.length());
                arrival.from = to;
                return;
            }
            if (arrival.from == stream.next) {
                inOrder(stream);
                break;
            }
            if (!madeRoom(stream)) continue;
            stream.held.add(arrival, overlap, streamChunks);
            tally.duplicate += arrival.equal;
            tally.conflicting += arrival.conflicting;
            tally.drop(SegmentDrop.NO_ROOM, arrival.refused);
            arrival.from = to;
            return;
        }
        if (cut > 0 && to <= stream.next) cutOff(stream, to + cut);
    }

    /** Is there room for the arrival? If not, gives up a gap, after which everything may be different. */
    private boolean madeRoom(TcpStream stream) {
        long needed = PiecePool.chunks(arrival.length());
        boolean tight = stream.held.chunks() + needed > streamChunks || pool.available() < needed;
        if (!tight) return true;
        needed = stream.held.chunksFor(arrival.from, arrival.to);
        if (!stream.held.isEmpty() && stream.held.chunks() + needed > streamChunks) {
            giveUpGap(stream, GapReason.STREAM_FULL);
            list(stream); // it may wait no more, and then others have waited longest
            return false;
        }
        TcpStream longest = waiting.first();
        if (longest == null || pool.available() >= needed) return true;
        giveUp(longest, GapReason.POOL_FULL);
        return false;
    }

    /** Hands over an arrival that is next, together with what waited and overlaps it or is behind it. */
    private void inOrder(TcpStream stream) {
        long cutEnd = stream.next;
        while (arrival.from < arrival.to) {
            int head = stream.held.head();
            long first = head == NONE ? Long.MAX_VALUE : pool.from[head];
            if (first > arrival.from) {
                int length = (int) (Math.min(arrival.to, first) - arrival.from);
                long at = arrival.at;
                arrival.skipTo(arrival.from + length); // before the call: a handler that throws has had them
                handOver(stream, arrival.memory, at, length, arrival.epochNanos, arrival.number, arrival.urgent);
                continue;
            }
            long end = Math.min(arrival.to, pool.end(head));
            long length = end - arrival.from;
            long differing = Pieces.differing(pool.memory(head), pool.at(head), arrival.memory, arrival.at, length);
            tally.conflicting += differing;
            tally.duplicate += length - differing;
            if (overlap.prefersArriving(pool.sentFrom[head], pool.sentTo[head], arrival.sentFrom, arrival.sentTo)) {
                stream.held.dropHead(end);
            } else {
                arrival.skipTo(end);
                // What was cut off behind the piece may be in the rest of the arrival.
                cutEnd = Math.max(cutEnd, handOverHead(stream));
            }
        }
        if (cutEnd > stream.next) gapUpTo(stream, cutEnd, GapReason.CUT);
        handOverNext(stream);
    }

    private void handOver(
            TcpStream stream, MemorySegment memory, long at, int length, long epochNanos, long number, boolean urgent) {
        stream.advance(length);
        if (urgent) {
            tally.drop(SegmentDrop.URGENT, length);
            return;
        }
        tally.delivered += length;
        handler.bytes(stream, memory, at, length, epochNanos, number);
    }

    /** Hands over what waits first, which is next; answers where what was cut off behind it ended. */
    private long handOverHead(TcpStream stream) {
        int piece = stream.held.head();
        long at = pool.at(piece);
        int length = pool.length[piece];
        long cut = pool.cut[piece];
        stream.held.removeHead();
        try {
            handOver(
                    stream,
                    pool.memory(piece),
                    at,
                    length,
                    pool.epochNanos[piece],
                    pool.number[piece],
                    pool.urgent[piece]);
        } finally {
            pool.give(piece);
        }
        return stream.next + cut;
    }

    private void handOverNext(TcpStream stream) {
        while (!stream.held.isEmpty() && pool.from[stream.held.head()] == stream.next) {
            long cutEnd = handOverHead(stream);
            if (cutEnd > stream.next) gapUpTo(stream, cutEnd, GapReason.CUT);
        }
    }

    private void cutOff(TcpStream stream, long end) {
        gapUpTo(stream, end, GapReason.CUT);
        handOverNext(stream);
    }

    /** Gives up what is missing before an offset and before what waits. */
    private void gapUpTo(TcpStream stream, long end, GapReason reason) {
        long first = stream.held.isEmpty() ? end : Math.min(end, pool.from[stream.held.head()]);
        long target = stream.finAt >= 0 ? Math.min(first, stream.finAt) : first;
        if (target > stream.next) gap(stream, target - stream.next, reason);
    }

    private void gap(TcpStream stream, long length, GapReason reason) {
        stream.advance(length);
        tally.gap(reason, length);
        handler.gap(stream, length, reason);
    }

    /** Gives up the first gap of a stream in which something waits, and hands over what is behind it. */
    private void giveUpGap(TcpStream stream, GapReason reason) {
        gapUpTo(stream, Long.MAX_VALUE, reason);
        handOverNext(stream);
    }

    /** The same for any stream at any time; the stream may end by it. */
    private void giveUp(TcpStream stream, GapReason reason) {
        try {
            giveUpGap(stream, reason);
            if (isAtFin(stream)) end(stream, EndReason.FIN);
        } finally {
            list(stream);
        }
    }

    /** Gives up, at the time {@code epochNanos}, the gaps behind which something has waited too long. */
    void giveUpOverdue(long epochNanos, long timeoutNanos) {
        now = epochNanos;
        for (TcpStream late = waiting.overdue(now, timeoutNanos);
                late != null;
                late = waiting.overdue(now, timeoutNanos)) {
            giveUp(late, GapReason.TIMEOUT);
        }
    }

    private void fin(TcpStream stream, long at) {
        if (stream.ended || stream.finAt >= 0) return;
        if (at < stream.next || at < stream.held.end()) tally.ignoredFins++;
        else stream.finAt = at;
    }

    private static boolean isAtFin(TcpStream stream) {
        return !stream.ended && stream.finAt == stream.next;
    }

    /** Ends a stream in which nothing waits any more. */
    private void end(TcpStream stream, EndReason reason) {
        stream.ended = true;
        stream.position = stream.next;
        if (stream.opposite().ended) connections.close(stream.connection, now);
        if (!stream.begun) return;
        tally.end(reason);
        handler.end(stream, reason);
    }

    /** Ends both streams of a connection; what waits in them is handed over first. */
    void endBoth(TcpConnection connection, EndReason reason) {
        endOne(connection.stream(Direction.ORIGINATOR), reason);
        endOne(connection.stream(Direction.RESPONDER), reason);
    }

    private void endOne(TcpStream stream, EndReason reason) {
        while (stream.waits()) giveUp(stream, GapReason.END);
        if (!stream.ended) end(stream, reason);
    }

    /** Keeps the list of waiting streams in step: it is ordered by when a stream last got on. */
    private void list(TcpStream stream) {
        boolean waits = stream.waits();
        if (!waits && stream.listed) waiting.remove(stream);
        else if (waits && (!stream.listed || stream.next != stream.listedNext)) {
            stream.listedNext = stream.next;
            waiting.putLast(stream, now);
        }
    }
}
