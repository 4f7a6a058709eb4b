package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what is handed over, and holds the reassembler to the contract of the handler. */
final class Recorder implements StreamHandler {
    /** One stream: its bytes in order, -1 for each that was given up. */
    static final class Recorded {
        final List<Integer> bytes = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        final Direction direction;
        long length;
        boolean ended;

        Recorded(Direction direction) {
            this.direction = direction;
        }

        /** As text, with a question mark for each byte given up. */
        String text() {
            var text = new StringBuilder();
            bytes.forEach(value -> text.append(value < 0 ? '?' : (char) value.intValue()));
            return text.toString();
        }
    }

    /** In the order in which they began. */
    final List<Recorded> streams = new ArrayList<>();

    /** Does a gap of that many bytes become entries of its own? Longer ones are only in the events. */
    private static final long MOST_GAP = 100_000;

    boolean urgentLeftOut;

    private final Map<TcpStream, Recorded> open = new HashMap<>();

    @Override
    public void begin(TcpStream stream) {
        var recorded = new Recorded(stream.direction());
        assertFalse(open.containsKey(stream), "began twice");
        open.put(stream, recorded);
        streams.add(recorded);
    }

    @Override
    public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long epochNanos, long number) {
        Recorded recorded = open(stream);
        assertTrue(length > 0, "nothing was handed over");
        place(recorded, stream);
        recorded.length += length;
        for (int i = 0; i < length; i++) {
            recorded.bytes.add((int) memory.get(ValueLayout.JAVA_BYTE, at + i));
        }
        byte[] text = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, text, 0, length);
        recorded.events.add("#" + number + " " + new String(text, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void gap(TcpStream stream, long length, GapReason reason) {
        Recorded recorded = open(stream);
        assertTrue(length > 0, "an empty gap");
        place(recorded, stream);
        recorded.length += length;
        if (length <= MOST_GAP) {
            for (long i = 0; i < length; i++) recorded.bytes.add(-1);
        }
        recorded.events.add("gap " + length + " " + reason);
    }

    @Override
    public void end(TcpStream stream, EndReason reason) {
        Recorded recorded = open(stream);
        place(recorded, stream);
        recorded.ended = true;
        recorded.events.add("end " + reason);
        open.remove(stream);
    }

    private Recorded open(TcpStream stream) {
        Recorded recorded = open.get(stream);
        assertTrue(recorded != null, "not begun, or ended");
        assertEquals(recorded.direction, stream.direction());
        return recorded;
    }

    private void place(Recorded recorded, TcpStream stream) {
        if (urgentLeftOut) recorded.length = Math.max(recorded.length, stream.position());
        assertEquals(recorded.length, stream.position(), "a hole or an overlap");
    }

    int openStreams() {
        return open.size();
    }

    Recorded only() {
        assertEquals(1, streams.size());
        return streams.getFirst();
    }
}
