package io.pairwire.engine.analyse;

import java.io.IOException;

/** Counts TCP segments and what happened to them. Not thread-safe. */
final class TcpCounter implements AutoCloseable {
    private final TcpExpert expert;
    private final boolean judges;
    private final TcpTotals totals = new TcpTotals();

    /**
     * @param shareBytes of memory for segments that nobody has acknowledged
     * @param judges whether it tells what happened to segments, or tells connections apart and no more
     */
    TcpCounter(Workspace workspace, long shareBytes, boolean judges) {
        expert = new TcpExpert(workspace, shareBytes);
        this.judges = judges;
    }

    /**
     * A segment of a batch.
     *
     * @return the events, each a {@link TcpEvent#bit}; none if it is not the outermost of its packet
     */
    int count(TalkBatch batch, int i, StreamTable streams) {
        Stream stream = streams.find(
                batch.hash(i),
                batch.key(i),
                batch.lowerHigh(i),
                batch.lowerLow(i),
                batch.upperHigh(i),
                batch.upperLow(i));
        if (stream.longAt(Stream.BORN) == 0) stream.set(Stream.BORN, batch.order(i));
        int marks = batch.marks(i);
        boolean up = (marks & TalkBatch.UP) != 0;
        boolean shown = (marks & TalkBatch.SHOWN) != 0;
        int events = 0;
        if ((marks & TalkBatch.HEADER) != 0) {
            expert.read(batch, i);
            boolean another = expert.isAnother(stream, up);
            if (another) {
                stream = streams.again();
                stream.set(Stream.BORN, batch.order(i));
            }
            if ((marks & TalkBatch.WHOLE) == 0) {
                // In pieces: nothing is said about it.
            } else if (judges) {
                if (another || expert.answersAnother(stream, up)) events = TcpEvent.REUSED_PORTS.bit();
                events |= judge(marks, stream, up);
            } else {
                expert.learn(stream, up);
            }
        }
        if (shown) stream.set(Stream.MARKS, Stream.SHOWN);
        if ((marks & TalkBatch.QUOTED) == 0) note(batch, i, stream, up);
        if (shown) totals.add(batch, i, stream, events);
        return shown ? events : 0;
    }

    private int judge(int marks, Stream stream, boolean up) {
        boolean greeted = stream.longAt(Stream.HANDSHAKE) != 0;
        int events = expert.events(stream, up);
        expert.learnScale();
        long handshake = stream.longAt(Stream.HANDSHAKE);
        if (!greeted && handshake > 0) totals.handshakes().add(handshake);
        long roundTrip = expert.roundTripNanos();
        if (roundTrip >= 0 && (marks & TalkBatch.TIMED) != 0)
            totals.roundTrips().add(roundTrip);
        if ((events & TcpEvent.RETRANSMISSION.bit()) != 0) stream.increment(Stream.RETRANSMISSIONS);
        return events;
    }

    private static void note(TalkBatch batch, int i, Stream stream, boolean up) {
        int direction = up ? Stream.UP : Stream.DOWN;
        stream.add(direction + Stream.PACKETS, 1);
        stream.add(direction + Stream.BYTES, batch.originalLength(i));
        if ((batch.marks(i) & TalkBatch.TIMED) != 0) {
            long nanos = batch.nanos(i);
            if (nanos < stream.longAt(Stream.FIRST)) stream.set(Stream.FIRST, nanos);
            if (nanos > stream.longAt(Stream.LAST)) stream.set(Stream.LAST, nanos);
        }
        long numbered = batch.number(i) << 1 | (up ? 0 : 1);
        if (numbered < stream.longAt(Stream.NUMBER)) stream.set(Stream.NUMBER, numbered);
    }

    TcpTotals totals() {
        return totals;
    }

    @Override
    public void close() throws IOException {
        expert.close();
    }
}
