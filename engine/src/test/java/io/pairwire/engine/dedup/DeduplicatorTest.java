package io.pairwire.engine.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.testkit.Allocations;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {
    private static final Set<Ignored> ALL = EnumSet.allOf(Ignored.class);
    private static final int MILLI = 1_000_000;

    private static Deduplicator dedup(int packets, Set<Ignored> ignored) {
        return new Deduplicator(
                new DedupSettings(packets, Optional.empty(), ignored, Optional.of(Duration.ofMillis(10))),
                new Random(1));
    }

    private static Packet packet(byte[] bytes, long time) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, time)
                .linkType(LinkType.ETHERNET);
    }

    private static Frame datagram(int id, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) payload[i];
        return Frame.udp("10.0.0.1", 1000, "10.0.0.2", 53).identification(id).payload(bytes);
    }

    private static Frame segment(int id) {
        return Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80)
                .identification(id)
                .sequence(7)
                .payload(new byte[20]);
    }

    @Test
    void the_same_bytes_among_the_four_before_are_a_copy_and_further_back_are_none() {
        for (int between = 0; between < 6; between++) {
            var dedup = new Deduplicator(DedupSettings.exact(), new Random(2));
            assertFalse(dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0)));
            for (int i = 0; i < between; i++) {
                assertFalse(dedup.isCopy(packet(datagram(1, 2, i).toEthernet(), 0)));
            }
            assertEquals(between < 4, dedup.isCopy(packet(datagram(1, 1).toEthernet(), 9)), "between " + between);
        }
    }

    @Test
    void a_copy_of_a_copy_is_found_though_the_first_is_out_of_the_window() {
        var dedup = new Deduplicator(DedupSettings.exact(), new Random(2));
        for (int i = 0; i < 30; i++)
            assertEquals(i > 0, dedup.isCopy(packet(datagram(1, 1).toEthernet(), i)));
        assertEquals(29, dedup.statistics().kinds().get(CopyKind.SAME));
        assertEquals(1, dedup.statistics().meanNanos());
    }

    @Test
    void nothing_is_ignored_unless_it_is_said() {
        var changed = List.of(
                datagram(1, 1).ttl(63).toEthernet(),
                datagram(1, 1).vlan(7).toEthernet(),
                datagram(1, 1).macs(1, 2).toEthernet(),
                datagram(1, 1).checksum(0).toEthernet(),
                datagram(1, 1).padTo(64, 9).toEthernet());
        for (byte[] other : changed) {
            var exact = new Deduplicator(DedupSettings.exact(), new Random(2));
            exact.isCopy(packet(datagram(1, 1).toEthernet(), 0));
            assertFalse(exact.isCopy(packet(other, 0)));
        }
        var ignored = List.of(Ignored.TTL, Ignored.VLAN, Ignored.MAC, Ignored.CHECKSUM, Ignored.FCS);
        for (int i = 0; i < changed.size(); i++) {
            for (int k = 0; k < changed.size(); k++) {
                var dedup = dedup(5, Set.of(ignored.get(k)));
                dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0));
                assertEquals(
                        i == k, dedup.isCopy(packet(changed.get(i), 0)), ignored.get(k) + " for " + ignored.get(i));
            }
        }
    }

    @Test
    void a_copy_from_behind_a_router_says_so() {
        var dedup = dedup(5, ALL);
        dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0));
        assertTrue(dedup.isCopy(packet(datagram(1, 1).ttl(63).macs(5, 6).toEthernet(), 40_000)));
        assertTrue(dedup.isCopy(packet(datagram(1, 1).ttl(63).macs(5, 6).vlan(9).toEthernet(), 50_000)));
        assertTrue(dedup.isCopy(packet(datagram(1, 1).ttl(63).macs(5, 7).vlan(9).toEthernet(), 50_000)));
        assertTrue(dedup.isCopy(
                packet(datagram(1, 1).ttl(63).macs(5, 7).vlan(9).checksum(1).toEthernet(), 50_000)));
        var kinds = dedup.statistics().kinds();
        assertEquals(1, kinds.get(CopyKind.ROUTED));
        assertEquals(1, kinds.get(CopyKind.VLAN));
        assertEquals(1, kinds.get(CopyKind.MAC));
        assertEquals(1, kinds.get(CopyKind.CHECKSUM));
        assertEquals(0, kinds.get(CopyKind.SAME));
    }

    @Test
    void a_retransmission_is_no_copy_whether_it_is_numbered_anew_or_not() {
        var dedup = dedup(5, ALL);
        assertFalse(dedup.isCopy(packet(segment(1).toEthernet(), 0)));
        assertFalse(dedup.isCopy(packet(segment(2).toEthernet(), 1)));
        assertFalse(dedup.isCopy(packet(segment(2).toEthernet(), 200 * MILLI)));
        assertTrue(dedup.isCopy(packet(segment(2).toEthernet(), 201 * MILLI)));
        assertEquals(1, dedup.statistics().retransmissions());
        assertEquals(1, dedup.statistics().copies());
    }

    @Test
    void a_window_of_time_counts_no_packets() {
        var settings = new DedupSettings(5, Optional.of(Duration.ofMillis(1)), Set.of(), Optional.empty());
        var dedup = new Deduplicator(settings, new Random(3));
        dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0));
        for (int i = 0; i < 500; i++)
            dedup.isCopy(packet(datagram(1, 2, i, i >> 8).toEthernet(), 1000 * i));
        assertTrue(dedup.isCopy(packet(datagram(1, 1).toEthernet(), MILLI)));
        assertFalse(dedup.isCopy(packet(datagram(1, 1).toEthernet(), 2 * MILLI + 1)));
        assertFalse(dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0)), "time that goes backwards");
    }

    /** Few contents and every window: what the obvious way finds. */
    @Property(tries = 200)
    void a_window_of_any_length_finds_what_comparing_with_each_would_find(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int window) {
        var random = new Random(seed);
        var dedup = dedup(window, Set.of());
        var before = new ArrayList<Integer>();
        for (int i = 0; i < 300; i++) {
            int content = random.nextInt(1 + random.nextInt(60));
            boolean expected = before.subList(Math.max(0, i - window + 1), i).contains(content);
            assertEquals(expected, dedup.isCopy(packet(datagram(1, content).toEthernet(), i)), "packet " + i);
            before.add(content);
        }
    }

    /** Frames of every length that differ in one byte or in none, in memory that is used again and again. */
    @Property(tries = 200)
    void the_same_is_found_where_packets_are_hashed_only_if_they_look_alike(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int window) {
        var random = new Random(seed);
        var settings = new DedupSettings(window, Optional.empty(), Set.of(), Optional.empty());
        var plain = new Deduplicator(settings, new Random(1));
        var sparing = new Deduplicator(settings, new Random(2));
        Runnable beforeReuse = sparing.bytesStay();
        byte[][] frames = new byte[1 + random.nextInt(5)][];
        for (int i = 0; i < frames.length; i++) frames[i] = new byte[random.nextInt(200)];
        byte[] buffer = new byte[2_000];
        int at = 0;
        for (int i = 0; i < 300; i++) {
            byte[] frame = frames[random.nextInt(frames.length)];
            if (buffer.length - at < frame.length || random.nextInt(20) == 0) {
                beforeReuse.run();
                random.nextBytes(buffer);
                at = 0;
            }
            System.arraycopy(frame, 0, buffer, at, frame.length);
            if (frame.length > 0 && random.nextInt(3) == 0) buffer[at + random.nextInt(frame.length)]++;
            var packet = new Packet().moveTo(MemorySegment.ofArray(buffer), at, frame.length, frame.length, i);
            assertEquals(plain.isCopy(packet), sparing.isCopy(packet), "packet " + i);
            at += frame.length;
        }
        assertEquals(plain.statistics(), sparing.statistics());
    }

    @Test
    void packets_that_look_alike_at_both_ends_are_told_apart_by_their_middle() {
        var dedup = new Deduplicator(DedupSettings.exact(), new Random(1));
        dedup.bytesStay();
        byte[] one = datagram(1, new int[500]).toEthernet();
        byte[] other = one.clone();
        other[300]++;
        assertFalse(dedup.isCopy(packet(one, 0)));
        assertFalse(dedup.isCopy(packet(other, 1)));
        assertTrue(dedup.isCopy(packet(one.clone(), 2)));
        assertTrue(dedup.isCopy(packet(other.clone(), 3)));
    }

    @Test
    void bytes_that_stay_are_announced_before_the_first_packet() {
        var dedup = new Deduplicator(DedupSettings.exact(), new Random(1));
        dedup.isCopy(packet(datagram(1, 1).toEthernet(), 0));
        assertThrows(IllegalStateException.class, dedup::bytesStay);
    }

    @Test
    void nothing_is_allocated_per_packet_where_bytes_stay() {
        var dedup = new Deduplicator(DedupSettings.exact(), new Random(1));
        Runnable beforeReuse = dedup.bytesStay();
        var packets = new ArrayList<Packet>();
        for (int i = 0; i < 64; i++)
            packets.add(packet(datagram(i / 2, new int[i * 10]).toEthernet(), i));
        int[] next = {0};
        assertEquals(
                0,
                Allocations.bytesPerCall(
                        () -> {
                            if (next[0] % 50 == 0) beforeReuse.run();
                            dedup.isCopy(packets.get(next[0]++ & 63));
                        },
                        20_000));
    }

    @Test
    void nothing_is_allocated_per_packet() {
        var dedup = dedup(1_000, ALL);
        var packets = new ArrayList<Packet>();
        for (int i = 0; i < 64; i++) packets.add(packet(datagram(i, i, 2, 3).toEthernet(), i));
        int[] next = {0};
        assertEquals(0, Allocations.bytesPerCall(() -> dedup.isCopy(packets.get(next[0]++ & 63)), 20_000));
    }

    @Test
    void settings_refuse_what_makes_no_sense() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DedupSettings(0, Optional.empty(), Set.of(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DedupSettings(5, Optional.of(Duration.ofNanos(-1)), Set.of(), Optional.empty()));
    }
}
