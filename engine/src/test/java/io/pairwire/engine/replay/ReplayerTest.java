package io.pairwire.engine.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.live.FrameSender;
import io.pairwire.live.TransmitCounts;
import io.pairwire.memory.Pause;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Time passes only when somebody waits. */
class ReplayerTest {
    private static final long MILLI = 1_000_000;

    private final Recorder recorder = new Recorder();
    private long now = 1_000;

    private final Pause pause = new Pause() {
        @Override
        public void nanos(long nanos) {
            now += nanos;
        }

        @Override
        public void spin() {
            now += 100;
        }
    };

    @Test
    void packets_keep_the_distances_they_were_captured_with() throws IOException {
        var replayer = replayer(new ReplaySpeed.Captured(1));
        for (long at : new long[] {0, 5, 5, 250}) assertTrue(replayer.send(packet(at * MILLI, 60)));
        replayer.finish();
        assertEquals(List.of(0L, 5L, 5L, 250L), recorder.millis());
        assertTrue(replayer.report().lateness().getMaxValue() < 1_000, "not later than a spin");
        assertEquals(250, replayer.report().nanos() / MILLI);
    }

    @Test
    void twice_as_fast_takes_half_the_time() throws IOException {
        var replayer = replayer(new ReplaySpeed.Captured(2));
        for (long at : new long[] {0, 10, 30}) replayer.send(packet(at * MILLI, 60));
        replayer.finish();
        assertEquals(List.of(0L, 5L, 15L), recorder.millis());
    }

    @Test
    void rates_space_packets_evenly_whatever_their_times() throws IOException {
        var replayer = replayer(new ReplaySpeed.PacketRate(100));
        for (int i = 0; i < 4; i++) replayer.send(packet(0, 60));
        replayer.finish();
        assertEquals(List.of(0L, 10L, 20L, 30L), recorder.millis());
    }

    @Test
    void bits_a_second_count_the_bytes_of_frames() throws IOException {
        var replayer = replayer(new ReplaySpeed.BitRate(80_000));
        for (int length : new int[] {100, 200, 50}) replayer.send(packet(0, length));
        replayer.finish();
        assertEquals(List.of(0L, 10L, 30L), recorder.millis());
    }

    @Test
    void at_top_speed_nobody_waits_and_packets_leave_in_batches() throws IOException {
        var replayer = replayer(new ReplaySpeed.Top());
        for (int i = 0; i < 130; i++) replayer.send(packet(i * 1_000 * MILLI, 60));
        replayer.finish();
        assertEquals(1_000, now);
        assertEquals(List.of(64, 64, 2), recorder.batches);
        assertEquals(0, replayer.report().lateness().getTotalCount());
    }

    @Test
    void a_packet_older_than_the_one_before_follows_it_at_once_and_is_counted() throws IOException {
        var replayer = replayer(new ReplaySpeed.Captured(1));
        for (long at : new long[] {10, 5, 15}) replayer.send(packet(at * MILLI, 60));
        replayer.finish();
        assertEquals(List.of(0L, 0L, 10L), recorder.millis());
        assertEquals(1, replayer.report().backwards());
    }

    @Test
    void times_further_apart_than_a_number_can_tell_do_no_harm() throws IOException {
        var settings = new ReplaySettings(new ReplaySpeed.Captured(1), Duration.ofMillis(7), CutPackets.SEND, 0);
        var replayer = new Replayer(recorder, settings, () -> now, pause);
        for (long at : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) replayer.send(packet(at, 60));
        replayer.finish();
        assertEquals(List.of(0L, 7L, 7L), recorder.millis());
        assertEquals(1, replayer.report().shortened());
        assertEquals(1, replayer.report().backwards());
    }

    @Test
    void a_second_loop_follows_as_the_last_packet_followed_the_one_before() throws IOException {
        var replayer = replayer(new ReplaySpeed.Captured(1));
        for (int loop = 0; loop < 2; loop++) {
            if (loop > 0) replayer.again();
            for (long at : new long[] {0, 5, 8}) replayer.send(packet(at * MILLI, 60));
        }
        replayer.finish();
        assertEquals(List.of(0L, 5L, 8L, 11L, 16L, 19L), recorder.millis());
        assertEquals(2, replayer.report().loops());
    }

    @Test
    void what_cannot_be_sent_is_counted_with_its_reason() throws IOException {
        var settings = new ReplaySettings(new ReplaySpeed.Top(), ReplaySettings.ANY_GAP, CutPackets.SKIP, 0);
        var replayer = new Replayer(recorder, settings, () -> now, pause);
        replayer.send(packet(0, 1515));
        replayer.send(packet(0, 13));
        replayer.send(packet(0, 60).linkType(LinkType.RAW));
        replayer.send(packet(0, 100).cut(60));
        replayer.send(tagged(1518));
        replayer.finish();
        var report = replayer.report();
        assertEquals(
                Map.of(
                        ReplayRefusal.TOO_LONG, 1L,
                        ReplayRefusal.TOO_SHORT, 1L,
                        ReplayRefusal.OTHER_LINK_TYPE, 1L,
                        ReplayRefusal.CUT, 1L),
                report.refused());
        assertEquals(1, report.sent(), "a VLAN tag makes the frame that much longer");
        assertEquals(report.read(), report.sent() + report.refusedTotal());
        assertEquals("too_long", ReplayRefusal.TOO_LONG.key());
    }

    @Test
    void cut_packets_are_sent_as_they_are_or_filled_up() throws IOException {
        var padding = new ReplaySettings(new ReplaySpeed.Top(), ReplaySettings.ANY_GAP, CutPackets.PAD, 0);
        var replayer = new Replayer(recorder, padding, () -> now, pause);
        replayer.send(packet(0, 100).cut(60));
        replayer.finish();
        assertEquals(100, replayer.report().bytes());
        assertEquals(1, replayer.report().cut());
        var plain = replayer(new ReplaySpeed.Top());
        plain.send(packet(0, 100).cut(60));
        plain.finish();
        assertEquals(160, plain.report().bytes());
    }

    @Test
    void it_ends_after_the_count_and_when_it_is_stopped() throws IOException {
        var settings = new ReplaySettings(new ReplaySpeed.Top(), ReplaySettings.ANY_GAP, CutPackets.SEND, 2);
        var counted = new Replayer(recorder, settings, () -> now, pause);
        assertTrue(counted.send(packet(0, 60)));
        assertTrue(counted.send(packet(0, 60)));
        assertFalse(counted.send(packet(0, 60)));
        var stopped = replayer(new ReplaySpeed.Captured(1));
        assertTrue(stopped.send(packet(0, 60)));
        stopped.stop();
        assertFalse(stopped.send(packet(1, 60)));
        assertEquals(1, stopped.report().read());
    }

    @Test
    void speeds_that_make_no_sense_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new ReplaySpeed.Captured(0));
        assertThrows(IllegalArgumentException.class, () -> new ReplaySpeed.PacketRate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new ReplaySpeed.BitRate(-1));
    }

    private Replayer replayer(ReplaySpeed speed) {
        return new Replayer(recorder, ReplaySettings.at(speed), () -> now, pause);
    }

    private static Packet packet(long epochNanos, int length) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(new byte[length]), 0, length, length, epochNanos)
                .linkType(LinkType.ETHERNET);
    }

    private static Packet tagged(int length) {
        var bytes = new byte[length];
        bytes[12] = (byte) 0x81;
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, length, length, 0)
                .linkType(LinkType.ETHERNET);
    }

    /** Remembers when frames left. */
    private final class Recorder implements FrameSender {
        private final List<Long> times = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private int gathered;
        private long sent;
        private long bytes;

        List<Long> millis() {
            return times.stream().map(at -> (at - 1_000) / MILLI).toList();
        }

        @Override
        public int longestFrame() {
            return 1514;
        }

        @Override
        public int linkType() {
            return LinkType.ETHERNET;
        }

        @Override
        public void send(MemorySegment memory, long at, int length) {
            gathered++;
            bytes += length;
            if (gathered == BATCH) flush();
        }

        @Override
        public void flush() {
            if (gathered == 0) return;
            for (int i = 0; i < gathered; i++) times.add(now);
            batches.add(gathered);
            sent += gathered;
            gathered = 0;
        }

        @Override
        public void drain() {
            flush();
        }

        @Override
        public int gathered() {
            return gathered;
        }

        @Override
        public TransmitCounts counts() {
            return new TransmitCounts(sent, bytes, 0, 0);
        }

        @Override
        public String description() {
            return "a list";
        }

        @Override
        public void close() {}
    }
}
