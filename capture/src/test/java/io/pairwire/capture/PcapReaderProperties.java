package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PcapReaderProperties {

    record Capture(PcapFormat format, List<byte[]> frames) {
        /** A millisecond apart, so that every format can say it. */
        long epochNanos(int i) {
            return 1_700_000_000_000_000_000L + i * 1_000_000L;
        }

        byte[] bytes() {
            var bytes = new ByteArrayOutputStream();
            try (var writer = new PcapWriter(Channels.newChannel(bytes), format)) {
                for (int i = 0; i < frames.size(); i++) writer.write(epochNanos(i), frames.get(i));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return bytes.toByteArray();
        }

        List<Seen> seen() {
            var seen = new ArrayList<Seen>();
            for (int i = 0; i < frames.size(); i++) {
                byte[] frame = frames.get(i);
                seen.add(new Seen(
                        0, i + 1, epochNanos(i), frame.length, HexFormat.of().formatHex(frame)));
            }
            return seen;
        }
    }

    @Provide
    Arbitrary<Capture> captures() {
        var formats = Combinators.combine(
                        Arbitraries.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 0xffff))
                .as((order, nanos, linkType) -> new PcapFormat(order, nanos, linkType, PcapFormat.SNAPLEN));
        var frames =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).list().ofMaxSize(6);
        return Combinators.combine(formats, frames).as(Capture::new);
    }

    @Property(tries = 300)
    void what_was_written_is_read_whatever_the_buffer_and_the_pieces(
            @ForAll("captures") Capture capture, @ForAll @IntRange(min = 1, max = 200) int buffer, @ForAll boolean slow)
            throws IOException {
        byte[] bytes = capture.bytes();
        var reader = PcapReader.open(Captures.trickle(bytes, slow ? 1 : 1_000), buffer);
        assertEquals(capture.seen(), Captures.readAll(reader));
        assertEquals(bytes.length, reader.bytesRead());
        assertEquals(bytes.length, reader.position());
    }

    @Property(tries = 50)
    void a_file_cut_anywhere_gives_all_before_the_cut_and_says_where_it_is(@ForAll("captures") Capture capture)
            throws IOException {
        byte[] bytes = capture.bytes();
        for (int cut = 24; cut < bytes.length; cut++) {
            var reader = PcapReader.open(Captures.channel(Arrays.copyOf(bytes, cut)), 64);
            var packet = new Packet();
            long position = 24;
            int whole = 0;
            while (position + 16 + capture.frames().get(whole).length <= cut) {
                assertTrue(reader.next(packet));
                assertEquals(capture.seen().get(whole), Seen.of(packet));
                position += 16 + capture.frames().get(whole++).length;
            }
            if (position == cut) {
                assertEquals(false, reader.next(packet));
            } else {
                var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
                assertEquals(position, damage.offset());
            }
        }
        for (int cut = 0; cut < 24; cut++) {
            byte[] head = Arrays.copyOf(bytes, cut);
            var damage = assertThrows(MalformedCaptureException.class, () -> PcapReader.open(Captures.channel(head)));
            assertEquals(0, damage.offset());
        }
    }

    record Change(int at, byte value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(Arbitraries.integers().between(0, 200), Arbitraries.bytes())
                .as(Change::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 1_000)
    void a_changed_file_ends_or_is_malformed_and_takes_no_more_memory_than_it_has_bytes(
            @ForAll("captures") Capture capture, @ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = capture.bytes();
        for (Change change : changes) bytes[change.at % bytes.length] = change.value;
        readsOrIsMalformed(bytes);
    }

    @Property(tries = 300)
    void any_records_after_a_valid_header_end_or_are_malformed(@ForAll @Size(max = 300) byte[] records)
            throws IOException {
        byte[] header = Captures.pcap();
        byte[] bytes = Arrays.copyOf(header, header.length + records.length);
        System.arraycopy(records, 0, bytes, header.length, records.length);
        readsOrIsMalformed(bytes);
    }

    private static void readsOrIsMalformed(byte[] bytes) throws IOException {
        var window = new StreamWindow(Captures.channel(bytes), 32);
        try {
            for (Seen seen : Captures.readAll(new PcapReader(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY)))
                assertTrue(seen.epochNanos() >= 0);
        } catch (MalformedCaptureException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= bytes.length);
        }
        assertTrue(window.buffer().capacity() <= Math.max(64, 2 * bytes.length));
    }
}
