package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.stream.Recorder.Recorded;
import io.pairwire.decode.wire.Tcp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TcpReassemblerProperties {
    /** So that nothing but what a test is about ever runs out. */
    private static final Duration NEVER = Duration.ofDays(1);

    private static final StreamSettings PATIENT = StreamSettings.defaults().withTimeouts(NEVER, NEVER, NEVER);

    private record Sent(int from, byte[] bytes) {}

    /** Segments that cover a stream, or nearly: overlapping, repeated, lost, out of order, some with other bytes. */
    private static List<Sent> segments(Random random, int length, int longest) {
        byte[] truth = new byte[length];
        random.nextBytes(truth);
        var segments = new ArrayList<Sent>();
        for (int from = 0; from < length; ) {
            int start = Math.max(0, from - (random.nextInt(4) == 0 ? random.nextInt(longest) : 0));
            int end = Math.min(length, from + 1 + random.nextInt(longest));
            byte[] bytes = Arrays.copyOfRange(truth, start, end);
            if (random.nextInt(5) == 0) bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            if (random.nextInt(20) != 0) segments.add(new Sent(start, bytes));
            from = end;
            if (random.nextInt(6) == 0) from = Math.max(0, from - random.nextInt(longest * 2)); // sent again
        }
        int reach = random.nextInt(8);
        for (int i = 0; i < segments.size() && reach > 0; i++) {
            Collections.swap(segments, i, Math.min(segments.size() - 1, i + random.nextInt(reach + 1)));
        }
        if (random.nextInt(4) == 0) Collections.shuffle(segments, random);
        return segments;
    }

    private static Frame client(int sequence, byte[] bytes, int flags) {
        return Wire.client(sequence & 0xffff_ffffL, flags, "").payload(bytes);
    }

    @Property(tries = 150)
    void what_is_handed_over_is_what_the_byte_map_says(@ForAll long seed) {
        var random = new Random(seed);
        int longest = random.nextInt(3) == 0 ? 5000 : 1 + random.nextInt(60);
        int length = 1 + random.nextInt(longest * 30);
        SegmentOverlap overlap = SegmentOverlap.values()[random.nextInt(SegmentOverlap.values().length)];
        var wire = new Wire(PATIENT.withOverlap(overlap));
        var model = new ByteMap(overlap);
        int initial = random.nextBoolean() ? random.nextInt() : -random.nextInt(length + 1); // around the wrap
        boolean fin = random.nextBoolean();

        wire.send(client(initial - 1, new byte[0], Tcp.SYN));
        for (Sent segment : segments(random, length, longest)) {
            wire.send(client(initial + segment.from, segment.bytes, Tcp.ACK));
            model.arrive(segment.from, segment.bytes);
            assertEquals(model.held(), wire.statistics().heldBytes());
            assertEquals(model.delivered.size(), wire.recorder.only().bytes.size());
        }
        if (fin) wire.send(client(initial + length, new byte[0], Tcp.FIN | Tcp.ACK));
        wire.finish();
        model.finish(fin ? length : 0);

        assertEquals(model.delivered, wire.recorder.only().bytes);
        assertEquals(model.duplicate, wire.statistics().duplicateBytes());
        assertEquals(model.conflicting, wire.statistics().conflictingBytes());
        assertEquals(
                fin ? "end FIN" : "end FINISHED", wire.recorder.only().events.getLast());
    }

    @Property(tries = 120)
    void a_stream_without_its_syn_begins_with_its_first_segment(@ForAll long seed) {
        var random = new Random(seed);
        int initial = random.nextInt();
        var wire = new Wire(PATIENT);
        var model = new ByteMap(SegmentOverlap.FIRST);
        List<Sent> segments = segments(random, 1 + random.nextInt(600), 40);
        if (segments.isEmpty()) return;
        int start = segments.getFirst().from;

        for (Sent segment : segments) {
            wire.send(client(initial + segment.from, segment.bytes, Tcp.ACK));
            model.arrive(segment.from - start, segment.bytes);
        }
        wire.finish();
        model.finish(0);

        assertEquals(model.delivered, wire.recorder.only().bytes);
        assertEquals(model.beforeStart, wire.statistics().droppedBytes().get(SegmentDrop.BEFORE_START));
    }

    /** Both sides of several connections, interleaved as it happens. */
    @Property(tries = 60)
    void streams_do_not_disturb_each_other(@ForAll long seed) {
        var random = new Random(seed);
        int streams = 2 * (1 + random.nextInt(5));
        var wire = new Wire(PATIENT);
        var models = new ArrayList<ByteMap>();
        var waiting = new ArrayList<List<Sent>>();
        int[] initial = new int[streams];
        for (int i = 0; i < streams; i++) {
            models.add(new ByteMap(SegmentOverlap.FIRST));
            waiting.add(segments(random, 1 + random.nextInt(2000), 200));
            initial[i] = random.nextInt();
            wire.send(side(i, initial[i] - 1, new byte[0], i % 2 == 0 ? Tcp.SYN : Tcp.SYN | Tcp.ACK));
        }
        for (int left = waiting.stream().mapToInt(List::size).sum(); left > 0; left--) {
            int i = random.nextInt(streams);
            while (waiting.get(i).isEmpty()) i = (i + 1) % streams;
            Sent segment = waiting.get(i).removeFirst();
            wire.send(side(i, initial[i] + segment.from, segment.bytes, Tcp.ACK));
            models.get(i).arrive(segment.from, segment.bytes);
        }
        wire.finish();
        for (int i = 0; i < streams; i++) {
            models.get(i).finish(0);
            assertEquals(models.get(i).delivered, wire.recorder.streams.get(i).bytes);
        }
    }

    private static Frame side(int stream, int sequence, byte[] bytes, int flags) {
        int port = 1000 + stream / 2;
        Frame frame = client(sequence, bytes, flags).ports(port, 80);
        return stream % 2 == 0 ? frame : frame.between("10.0.0.2", "10.0.0.1").ports(80, port);
    }

    /** An urgent byte is left out wherever its segment comes, and changes nothing else. */
    @Property(tries = 100)
    void urgent_bytes_are_left_out_of_what_the_byte_map_says(@ForAll long seed) {
        var random = new Random(seed);
        byte[] truth = new byte[1 + random.nextInt(400)];
        random.nextBytes(truth);
        var wire = new Wire(PATIENT.withUrgent(UrgentPolicy.LEAVE_OUT));
        wire.recorder.urgentLeftOut = true;
        var packets = new ArrayList<byte[]>();
        var expected = new ArrayList<Integer>();
        for (int from = 0; from < truth.length; ) {
            int to = Math.min(truth.length, from + 1 + random.nextInt(30));
            boolean urgent = random.nextInt(3) == 0;
            int pointer = 1 + random.nextInt(to - from);
            byte[] packet = client(from, Arrays.copyOfRange(truth, from, to), urgent ? Tcp.ACK | Tcp.URG : Tcp.ACK)
                    .toEthernet();
            packet[14 + 20 + 19] = (byte) pointer;
            packets.add(packet);
            for (int i = from; i < to; i++) {
                if (!urgent || i != from + pointer - 1) expected.add((int) truth[i]);
            }
            from = to;
        }
        Collections.shuffle(packets, random);
        wire.send(client(-1, new byte[0], Tcp.SYN));
        packets.forEach(wire::send);
        wire.finish();
        assertEquals(expected, wire.recorder.only().bytes);
        assertEquals(
                truth.length - expected.size(), wire.statistics().droppedBytes().get(SegmentDrop.URGENT));
    }

    /** Whatever has to be given up: what is handed over was sent at that place, and what is not is a gap. */
    @Property(tries = 120)
    void with_hardly_any_memory_every_byte_is_right_or_in_a_gap(@ForAll long seed) {
        var random = new Random(seed);
        int chunks = 1 + random.nextInt(6);
        long memory = chunks * 2048L;
        StreamSettings settings = StreamSettings.defaults()
                .withMemory(memory, 2048 * (1 + random.nextInt(chunks)))
                .withConnections(1 + random.nextInt(3))
                .withOverlap(SegmentOverlap.values()[random.nextInt(SegmentOverlap.values().length)])
                .withTimeouts(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(50));
        var wire = new Wire(settings);
        int longest = random.nextBoolean() ? 5000 : 50;
        int length = longest * 20;
        int initial = random.nextInt();
        int clients = 1 + random.nextInt(4);
        List<Sent> segments = segments(random, length, longest);
        byte[] conflicts = new byte[length];
        byte[] truth = new byte[length];
        for (Sent segment : segments) { // where copies differ any of them will do
            for (int i = 0; i < segment.bytes.length; i++) {
                int at = segment.from + i;
                if (conflicts[at] == 0) truth[at] = segment.bytes[i];
                conflicts[at] |= (byte) (conflicts[at] != 0 && truth[at] != segment.bytes[i] ? 2 : 1);
            }
        }

        long millis = 0;
        for (Sent segment : segments) {
            Frame frame = client(initial + segment.from, segment.bytes, Tcp.ACK);
            wire.at(millis += random.nextInt(12)).send(frame.ports(1000 + random.nextInt(clients), 80));
        }
        wire.finish();

        for (Recorded stream : wire.recorder.streams) {
            assertTrue(stream.ended);
            assertMatches(truth, conflicts, stream.bytes);
        }
    }

    /** Streams may begin anywhere, so look for the one place where all certain bytes fit. */
    private static void assertMatches(byte[] truth, byte[] conflicts, List<Integer> bytes) {
        for (int start = 0; start + bytes.size() <= truth.length; start++) {
            boolean fits = true;
            for (int i = 0; i < bytes.size() && fits; i++) {
                int value = bytes.get(i);
                fits = value == -1 || conflicts[start + i] > 1 || truth[start + i] == value;
            }
            if (fits) return;
        }
        throw new AssertionError("bytes that were never sent: " + bytes.size());
    }
}
