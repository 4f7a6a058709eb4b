package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.Desk.filled;
import static io.pairwire.decode.stream.Desk.ipv4;
import static io.pairwire.decode.stream.Desk.ipv6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DefragmenterTest {
    private static final int IPV4_DATA = 14 + 20;
    private static final int IPV6_DATA = 14 + 40;

    private final Desk desk = new Desk();

    @Test
    void an_ipv4_datagram_comes_back_byte_for_byte() {
        byte[] payload = new byte[4000];
        new Random(1).nextBytes(payload);
        byte[] frame = Frame.udp("10.0.0.1", 1111, "10.0.0.2", 53)
                .vlan(7)
                .vlan(8)
                .identification(77)
                .payload(payload)
                .toEthernet();
        byte[] untagged = Frame.udp("10.0.0.1", 1111, "10.0.0.2", 53)
                .identification(77)
                .ipv4Options(new byte[] {1, 1, 1, 1})
                .payload(payload)
                .toEthernet();
        List<byte[]> fragments = FragmentedFrame.ipv4(untagged, 77, 1480);
        assertEquals(3, fragments.size());
        assertEquals(FragmentAnswer.HELD, desk.at(5).put(fragments.get(2)));
        assertEquals(FragmentAnswer.HELD, desk.put(fragments.get(0)));
        assertEquals(FragmentAnswer.COMPLETED, desk.at(9).put(fragments.get(1)));
        assertArrayEquals(untagged, desk.datagram(0));
        assertEquals(FragmentAnswer.WHOLE, desk.put(frame));

        Packet datagram = desk.defragmenter.datagram();
        assertEquals(9_000_000, datagram.epochNanos());
        assertEquals(1, datagram.number());
        var layers = new Layers();
        assertEquals(Verdict.OK, new LayerDecoder().decode(datagram, layers));
        assertEquals(IpProtocol.UDP, layers.transport());
        assertEquals(4000, layers.payloadCaptured());
    }

    @Test
    void an_ipv6_datagram_comes_back_byte_for_byte_with_its_other_extension_headers() {
        byte[] payload = new byte[3000];
        new Random(1).nextBytes(payload);
        Frame frame = Frame.udp("2001:db8::1", 1111, "2001:db8::2", 53).payload(payload);
        byte[] plain = frame.toEthernet();
        byte[] extended = frame.ipv6Extension(IpProtocol.IPV6_HOP_BY_HOP, new byte[6])
                .ipv6Extension(IpProtocol.IPV6_DESTINATION_OPTIONS, new byte[14])
                .toEthernet();
        for (byte[] fragment : FragmentedFrame.ipv6(plain, 14 + 6, IPV6_DATA, 99, 1232)) desk.put(fragment);
        assertArrayEquals(plain, desk.datagram(0));
        for (byte[] fragment : FragmentedFrame.ipv6(extended, IPV6_DATA + 8, IPV6_DATA + 24, 99, 1232)) {
            desk.put(fragment);
        }
        assertArrayEquals(extended, desk.datagram(0));
        assertEquals(2, desk.statistics().completedDatagrams());
    }

    /** A, B and C side by side, and an X over the end of A and the start of B, in all orders. */
    @Test
    void overlaps_are_settled_as_the_policy_says_in_all_orders() {
        for (FragmentOverlap overlap : FragmentOverlap.values()) {
            var desk = new Desk(FragmentSettings.defaults().withOverlap(overlap, overlap));
            int identification = 0;
            for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
                identification++;
                var model = new ByteMap(overlap, true);
                boolean completed = false;
                for (int piece : order) {
                    int offset = List.of(0, 16, 32, 8).get(piece);
                    byte[] data = filled(16, "ABCX".charAt(piece));
                    boolean wasComplete = completed;
                    completed |= desk.put(ipv4(identification, offset, piece != 2, data)) == FragmentAnswer.COMPLETED;
                    if (!wasComplete) model.arrive(offset, data);
                }
                assertEquals(overlap != FragmentOverlap.DROP || order.getLast() == 3, completed, order::toString);
                if (completed) assertArrayEquals(model.whole(), desk.datagram(IPV4_DATA), overlap + " " + order);
                desk.defragmenter.finish();
            }
        }
    }

    private static List<List<Integer>> orders(List<Integer> items) {
        if (items.isEmpty()) return List.of(List.of());
        var orders = new ArrayList<List<Integer>>();
        for (Integer first : items) {
            var rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<Integer> order : orders(rest)) {
                var whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }

    @Test
    void the_policies_differ_as_the_literature_says() {
        assertEquals("AABC", overlapped(FragmentOverlap.FIRST));
        assertEquals("AXXC", overlapped(FragmentOverlap.LAST));
        assertEquals("AAXC", overlapped(FragmentOverlap.BSD));
        assertEquals("AAXC", overlapped(FragmentOverlap.LINUX));
        assertEquals("XAAB", sameStart(FragmentOverlap.LINUX));
        assertEquals("AAAB", sameStart(FragmentOverlap.BSD));
    }

    /** B and A come first, then X over the end of A and the start of B, then C. One letter stands for eight bytes. */
    private static String overlapped(FragmentOverlap overlap) {
        var desk = new Desk(FragmentSettings.defaults().withOverlap(overlap, overlap));
        desk.put(ipv4(1, 16, true, filled(8, 'B')));
        desk.put(ipv4(1, 0, true, filled(16, 'A')));
        desk.put(ipv4(1, 8, true, filled(16, 'X')));
        desk.put(ipv4(1, 24, false, filled(8, 'C')));
        return letters(desk);
    }

    /** X begins where A does. */
    private static String sameStart(FragmentOverlap overlap) {
        var desk = new Desk(FragmentSettings.defaults().withOverlap(overlap, overlap));
        desk.put(ipv4(1, 0, true, filled(24, 'A')));
        desk.put(ipv4(1, 0, true, filled(8, 'X')));
        desk.put(ipv4(1, 24, false, filled(8, 'B')));
        return letters(desk);
    }

    private static String letters(Desk desk) {
        byte[] data = desk.datagram(IPV4_DATA);
        var letters = new StringBuilder();
        for (int i = 0; i < data.length; i += 8) letters.append((char) data[i]);
        return letters.toString();
    }

    @Test
    void in_ipv6_an_overlap_gives_up_the_datagram_and_what_is_to_come_of_it() {
        desk.put(ipv6(1, 0, true, filled(16, 1)));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv6(1, 8, true, filled(16, 1))));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv6(1, 16, false, filled(16, 1))));
        assertEquals(3, desk.dropped(FragmentDrop.OVERLAPPING));
        assertEquals(0, desk.statistics().memory());
        desk.at(60_001).put(ipv6(1, 0, true, filled(16, 1)));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv6(1, 16, false, filled(16, 1))), "after its time");
    }

    @Test
    void an_exact_copy_is_no_overlap() {
        desk.put(ipv6(1, 0, true, filled(4096, 1)));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv6(1, 0, true, filled(4096, 1))));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv6(1, 4096, false, filled(16, 1))));
        assertEquals(1, desk.dropped(FragmentDrop.DUPLICATE));
        desk.put(ipv6(2, 0, true, filled(4096, 1)));
        byte[] changed = filled(4096, 1);
        changed[4000] = 2;
        desk.put(ipv6(2, 0, true, changed));
        assertEquals(2, desk.dropped(FragmentDrop.OVERLAPPING));
    }

    @Test
    void an_atomic_fragment_is_whole() {
        byte[] atomic = ipv6(1, 0, false, filled(16, 1)).toEthernet();
        assertEquals(FragmentAnswer.WHOLE, desk.put(atomic));
        assertEquals(1, desk.statistics().whole());
    }

    /** The first fragment header says that this is all, the second that it is a piece. */
    @Test
    void a_fragment_behind_an_atomic_fragment_header_is_a_fragment() {
        byte[] atomic = Desk.ipv6(7, 0, false, filled(64, 'A')).toEthernet();
        for (byte[] fragment : FragmentedFrame.ipv6(atomic, IPV6_DATA, IPV6_DATA + 8, 9, 32)) desk.put(fragment);
        assertArrayEquals(atomic, desk.datagram(0));
    }

    @Test
    void a_fragment_in_a_fragment_is_put_together_from_the_outside_in() {
        byte[] inner = Desk.ipv6(7, 0, true, filled(64, 'A')).toEthernet();
        for (byte[] fragment : FragmentedFrame.ipv6(inner, 14 + 6, IPV6_DATA, 9, 40)) desk.put(fragment);
        assertArrayEquals(inner, desk.datagram(0));
    }

    @Test
    void a_ping_of_death_is_too_big() {
        for (int offset = 0; offset < 65_528; offset += 1400) {
            desk.put(ipv4(1, offset, true, filled(Math.min(1400, 65_512 - offset), 1)));
        }
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv4(1, 65_528, false, filled(1400, 1))));
        assertEquals(1, desk.dropped(FragmentDrop.TOO_BIG));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv4(1, 65_512, false, filled(3, 1))));
        assertEquals(14 + 65_535, desk.defragmenter.datagram().capturedLength());
    }

    @Test
    void a_first_fragment_with_more_headers_than_fit_makes_it_too_big() {
        desk.put(ipv4(1, 1400, false, filled(65_515 - 1400, 1)));
        assertEquals(
                FragmentAnswer.DROPPED,
                desk.put(ipv4(1, 0, true, filled(1400, 1)).ipv4Options(new byte[40])));
        assertEquals(2, desk.dropped(FragmentDrop.TOO_BIG));
    }

    @Test
    void a_teardrop_completes_as_the_policy_says_or_contradicts() {
        desk.put(ipv4(1, 0, true, filled(32, 'A')));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv4(1, 24, false, filled(4, 'X'))));
        assertEquals(1, desk.dropped(FragmentDrop.CONTRADICTING_END));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv4(1, 24, false, filled(16, 'X'))));
        assertEquals("AAAAX", letters(desk));
        assertEquals(8, desk.statistics().conflictingBytes());
    }

    @Test
    void malformed_and_cut_fragments_are_counted() {
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv4(1, 0, true, filled(7, 1))));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv4(1, 8, true, filled(0, 1))));
        assertEquals(
                FragmentAnswer.DROPPED, desk.put(ipv4(1, 0, true, filled(16, 1)).ipLength(3000)));
        assertEquals(
                FragmentAnswer.DROPPED, desk.put(ipv4(1, 0, true, filled(16, 1)).ipLength(0)));
        assertEquals(4, desk.dropped(FragmentDrop.MALFORMED));
        byte[] whole = ipv4(1, 0, true, filled(64, 1)).toEthernet();
        assertEquals(FragmentAnswer.DROPPED, desk.put(whole, 60));
        assertEquals(1, desk.dropped(FragmentDrop.CUT));
        assertEquals(0, desk.statistics().datagrams());
    }

    @Test
    void padding_is_no_part_of_the_datagram() {
        desk.put(ipv4(1, 8, false, filled(3, 1)).padTo(60, 0xff));
        desk.put(ipv4(1, 0, true, filled(8, 1)).padTo(60, 0xff));
        assertArrayEquals(filled(11, 1), desk.datagram(IPV4_DATA));
    }

    @Test
    void what_is_not_complete_in_time_is_given_up_by_event_time() {
        desk.put(ipv4(1, 0, true, filled(8, 1)));
        desk.put(ipv6(1, 0, true, filled(8, 1)));
        desk.at(30_000).put(ipv4(2, 0, true, filled(8, 1)));
        assertEquals(3, desk.statistics().heldFragments());
        desk.at(30_001).put(ipv4(1, 8, false, filled(8, 1)));
        assertEquals(1, desk.dropped(FragmentDrop.TIMED_OUT));
        desk.at(60_001).put(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2));
        assertEquals(3, desk.dropped(FragmentDrop.TIMED_OUT));
        desk.defragmenter.finish();
        assertEquals(1, desk.dropped(FragmentDrop.UNFINISHED));
        assertEquals(0, desk.statistics().memory());
    }

    @Test
    void of_too_many_datagrams_the_oldest_is_evicted() {
        var desk = new Desk(FragmentSettings.defaults().withDatagrams(2));
        desk.put(ipv6(1, 0, true, filled(8, 1)));
        desk.at(1).put(ipv4(2, 0, true, filled(8, 1)));
        desk.at(2).put(ipv4(3, 0, true, filled(8, 1)));
        assertEquals(1, desk.dropped(FragmentDrop.EVICTED));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv4(2, 8, false, filled(8, 1))));
    }

    @Test
    void a_flood_of_first_fragments_stays_within_its_memory() {
        var desk = new Desk(FragmentSettings.defaults().withMemory(20 * 2048));
        for (int i = 0; i < 1000; i++) desk.put(ipv4(i, 0, true, filled(1400, 1)));
        assertEquals(FragmentAnswer.COMPLETED, desk.put(ipv4(999, 1400, false, filled(9, 1))));
        assertEquals(
                1001 - 2, desk.dropped(FragmentDrop.EVICTED) + desk.statistics().heldFragments());
    }

    @Test
    void a_datagram_larger_than_all_memory_is_refused() {
        var desk = new Desk(FragmentSettings.defaults().withMemory(2 * 2048));
        assertEquals(FragmentAnswer.HELD, desk.put(ipv4(1, 0, true, filled(1400, 1))));
        assertEquals(FragmentAnswer.DROPPED, desk.put(ipv4(1, 1400, true, filled(1400, 1))));
        assertEquals(2, desk.dropped(FragmentDrop.NO_ROOM));
    }

    @Test
    void a_datagram_in_too_many_fragments_is_refused() {
        var desk = new Desk(FragmentSettings.defaults().withFragments(10));
        for (int i = 0; i < 12; i++) desk.put(ipv4(1, 8 * i, true, filled(8, 1)));
        assertEquals(12, desk.dropped(FragmentDrop.TOO_MANY));
        assertEquals(0, desk.statistics().memory());
    }

    @Test
    void what_tells_datagrams_apart() {
        var other = new ArrayList<>(List.of(
                ipv4(2, 8, false, filled(8, 1)),
                ipv4(1, 8, false, filled(8, 1)).between("10.0.0.2", "10.0.0.1"),
                Frame.ip("10.0.0.1", "10.0.0.2", 254).payload(filled(8, 1)).fragment(1, 8, false),
                ipv6(1, 8, false, filled(8, 1))));
        Collections.shuffle(other, new Random(1));
        desk.put(ipv4(1, 0, true, filled(8, 1)));
        for (Frame frame : other) assertEquals(FragmentAnswer.HELD, desk.put(frame));
        assertEquals(
                FragmentAnswer.COMPLETED,
                desk.put(ipv4(1, 8, false, filled(8, 1)).vlan(5)));

        var byVlan = new Desk(FragmentSettings.defaults().withByVlan(true));
        byVlan.put(ipv4(1, 0, true, filled(8, 1)));
        assertEquals(
                FragmentAnswer.HELD, byVlan.put(ipv4(1, 8, false, filled(8, 1)).vlan(5)));
    }

    @Test
    void settings_out_of_range_are_refused() {
        FragmentSettings settings = FragmentSettings.defaults();
        assertThrows(IllegalArgumentException.class, () -> settings.withMemory(4095));
        assertThrows(IllegalArgumentException.class, () -> settings.withDatagrams(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withFragments(8193));
        assertThrows(
                IllegalArgumentException.class,
                () -> settings.withTimeouts(Duration.ofNanos(-1), settings.ipv6Timeout()));
    }

    @Test
    void a_completed_datagram_has_a_right_header_checksum() {
        byte[] frame =
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[100]).toEthernet();
        for (byte[] fragment : FragmentedFrame.ipv4(frame, 0, 48)) desk.put(fragment);
        assertArrayEquals(Arrays.copyOf(frame, 34), Arrays.copyOf(desk.datagram(0), 34));
    }
}
