package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.bpf.BpfProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packets between two real interfaces: every one that was sent is delivered, or counted where it was lost. */
class PacketSocketTest {
    private static LiveSettings receiver() {
        return LiveSettings.of(VethPair.RECEIVER).withRingBytes(8 << 20);
    }

    /** All that comes until everything that was let in before the stop was handed over. */
    private static List<String> drain(LiveSource source) throws IOException {
        var seen = new ArrayList<String>();
        source.stop();
        while (source.poll(packet -> seen.add(text(packet)), 100) != PacketSource.END) {}
        return seen;
    }

    private static String text(Packet packet) {
        return VethPair.number(packet) + ":" + packet.capturedLength() + "/" + packet.originalLength();
    }

    private static void assertAccountedFor(LiveStatistics counted, long sent) {
        assertEquals(sent, counted.received(), counted.toString());
        assertEquals(
                counted.received(),
                counted.delivered()
                        + counted.filtered()
                        + counted.droppedKernel()
                        + counted.droppedApplication()
                        + counted.left(),
                counted.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 512, 1514, VethPair.LONGEST})
    void what_was_sent_is_delivered_in_order_or_counted_as_lost(int length) throws Exception {
        VethPair.run(() -> {
            int sent = 3_000;
            try (var source = LiveSource.open(receiver())) {
                VethPair.send(0, sent, length);
                var numbers = new ArrayList<Integer>();
                source.stop();
                while (source.poll(packet -> numbers.add(VethPair.number(packet)), 100) != PacketSource.END) {}
                var counted = source.liveStatistics();
                assertAccountedFor(counted, sent);
                assertEquals(sent - counted.droppedKernel(), numbers.size());
                for (int i = 1; i < numbers.size(); i++) assertTrue(numbers.get(i - 1) < numbers.get(i));
                assertEquals((long) numbers.size() * length, counted.bytes());
            }
            return null;
        });
    }

    /** Nobody reads while the ring overflows: what is lost is counted exactly. */
    @Test
    void a_reader_that_sleeps_loses_packets_and_knows_how_many() throws Exception {
        VethPair.run(() -> {
            int sent = 4_000;
            try (var source = LiveSource.open(receiver().withRingBytes(1 << 20))) {
                VethPair.send(0, sent, 1514);
                var delivered = drain(source).size();
                var counted = source.liveStatistics();
                assertAccountedFor(counted, sent);
                assertTrue(counted.droppedKernel() > 0 && counted.freezes() > 0, counted.toString());
                assertEquals(sent, delivered + counted.droppedKernel());
            }
            return null;
        });
    }

    @Test
    void a_snapshot_length_cuts_packets_and_keeps_their_original_length() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver().withSnaplen(60))) {
                VethPair.send(7, 1, 512);
                assertEquals(List.of("7:60/512"), drain(source));
            }
            return null;
        });
    }

    /** The card takes the tag off and the kernel tells it beside the packet. */
    @Test
    void a_vlan_tag_is_put_back_where_it_was_on_the_wire() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver());
                    var sender = VethPair.sender()) {
                VethPair.add(sender, 5, 100, 0x2123, 9);
                sender.flush();
                source.stop();
                var seen = new ArrayList<String>();
                while (source.poll(
                                packet -> seen.add(Integer.toHexString(packet.u16(12)) + " "
                                        + Integer.toHexString(packet.u16(14)) + " "
                                        + Integer.toHexString(packet.u16(16)) + " " + packet.u32(18) + " "
                                        + packet.u8(11) + " " + packet.originalLength()),
                                10)
                        != PacketSource.END) {}
                assertEquals(List.of("8100 2123 88b5 5 9 100"), seen);
            }
            return null;
        });
    }

    @Test
    void sources_of_a_group_share_packets_and_each_flow_stays_with_one() throws Exception {
        VethPair.run(() -> {
            int sent = 2_000;
            var grouped = receiver().withFanoutGroup(4_711);
            try (var first = LiveSource.open(grouped);
                    var second = LiveSource.open(grouped)) {
                VethPair.send(0, sent, 64);
                int delivered = drain(first).size() + drain(second).size();
                var counted = first.liveStatistics().plus(second.liveStatistics());
                assertAccountedFor(counted, sent);
                assertEquals(sent, delivered + counted.droppedKernel());
            }
            return null;
        });
    }

    @Test
    void the_kernel_refuses_what_its_program_refuses() throws Exception {
        var program =
                BpfProgram.parse("4\n48 0 0 17\n21 0 1 2\n6 0 0 262144\n6 0 0 0\n"); // the last byte of the number is 2
        VethPair.run(() -> {
            var filter = new LiveFilter(Optional.of(program), true, packet -> packet.u8(17) == 2, "two");
            try (var source = LiveSource.open(receiver().withFilters(_ -> filter))) {
                VethPair.send(0, 512, 64);
                assertEquals(List.of("2:64/64", "258:64/64"), drain(source));
                assertEquals(2, source.liveStatistics().received());
                assertEquals(0, source.liveStatistics().filtered());
            }
            return null;
        });
    }

    @Test
    void what_the_kernel_cannot_decide_is_decided_and_counted_here() throws Exception {
        VethPair.run(() -> {
            var filter = LiveFilter.of(packet -> VethPair.number(packet) % 3 == 0, "every third");
            try (var source = LiveSource.open(receiver().withFilters(_ -> filter))) {
                VethPair.send(0, 300, 64);
                assertEquals(100, drain(source).size());
                assertAccountedFor(source.liveStatistics(), 300);
                assertEquals(200, source.liveStatistics().filtered());
            }
            return null;
        });
    }

    @Test
    void a_filter_that_is_changed_holds_for_packets_already_in_the_ring() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver())) {
                VethPair.send(0, 100, 64);
                source.filter(LiveFilter.of(packet -> VethPair.number(packet) >= 90, "late"));
                VethPair.send(100, 10, 64);
                assertEquals(20, drain(source).size());
                assertAccountedFor(source.liveStatistics(), 110);
            }
            return null;
        });
    }

    /** The stop comes from another thread while traffic goes on. */
    @Test
    void a_stop_under_load_delivers_what_was_let_in() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver());
                    var sender = VethPair.sender()) {
                var sending = new FutureSending(sender);
                var seen = new BitSet();
                int polls = 0;
                while (source.poll(packet -> seen.set(VethPair.number(packet)), 64) != PacketSource.END) {
                    if (++polls == 20) Thread.ofPlatform().start(() -> stop(source));
                }
                sending.stop();
                var counted = source.liveStatistics();
                assertAccountedFor(counted, counted.received());
                assertEquals(counted.delivered(), seen.cardinality());
                assertEquals(0, counted.left());
                assertTrue(counted.received() > 0);
            }
            return null;
        });
    }

    private static void stop(LiveSource source) {
        try {
            source.stop();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends on a thread of its own until it is stopped. */
    private static final class FutureSending {
        private final Thread thread;
        private volatile boolean stopped;

        FutureSending(io.pairwire.platform.PacketSender sender) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; !stopped; i++) VethPair.add(sender, i, 64, -1, 0);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        void stop() throws InterruptedException {
            stopped = true;
            thread.join();
        }
    }

    @Test
    void an_interface_that_goes_down_and_up_again_is_captured_on() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver())) {
                VethPair.send(0, 10, 64);
                var seen = new ArrayList<Integer>();
                while (seen.size() < 10) source.poll(packet -> seen.add(VethPair.number(packet)), 100);
                VethPair.ip("link set " + VethPair.RECEIVER + " down");
                while (source.liveStatistics().outages() == 0) source.poll(_ -> {}, 100);
                VethPair.ip("link set " + VethPair.RECEIVER + " up");
                VethPair.awaitCarrier();
                VethPair.send(10, 10, 64);
                source.stop();
                while (source.poll(packet -> seen.add(VethPair.number(packet)), 100) != PacketSource.END) {}
                assertEquals(20, seen.size());
                assertEquals(1, source.liveStatistics().outages());
            }
            return null;
        });
    }

    @Test
    void an_interface_that_is_taken_away_is_an_error_that_says_so() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver())) {
                VethPair.ip("link del " + VethPair.RECEIVER);
                var gone = assertThrows(DeviceException.class, () -> {
                    while (source.poll(_ -> {}, 100) != PacketSource.END) {}
                });
                assertEquals(DeviceException.Reason.GONE, gone.reason());
                assertEquals(PacketSource.END, source.poll(_ -> {}, 1));
            }
            return null;
        });
    }

    @Test
    void all_interfaces_together_come_as_cooked_packets() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver()
                    .withFilters(_ -> LiveFilter.EVERYTHING)
                    .withDirection(Direction.IN)
                    .withDevice(LiveSettings.ANY))) {
                assertEquals(LinkType.LINUX_SLL2, source.linkType());
                VethPair.send(3, 1, 100);
                source.stop();
                var seen = new ArrayList<String>();
                while (source.poll(
                                packet -> seen.add(Integer.toHexString(packet.u16(0)) + " " + packet.u8(11) + " "
                                        + packet.u32(20) + " " + packet.capturedLength()),
                                10)
                        != PacketSource.END) {}
                assertEquals(List.of("88b5 6 3 106"), seen); // 14 bytes of Ethernet became 20
            }
            return null;
        });
    }

    /** The protocol is asked beside the packet, the number's last byte 20 bytes further in front than in what we hand over. */
    @Test
    void the_kernel_refuses_cooked_packets_too() throws Exception {
        var program = BpfProgram.parse("6\n40 0 0 0\n21 0 3 34997\n48 0 0 23\n21 0 1 2\n6 0 0 262144\n6 0 0 0\n");
        VethPair.run(() -> {
            var filter = new LiveFilter(Optional.of(program), true, packet -> packet.u8(23) == 2, "two");
            try (var source = LiveSource.open(receiver()
                    .withFilters(_ -> filter)
                    .withDirection(Direction.IN)
                    .withDevice(LiveSettings.ANY))) {
                VethPair.send(0, 512, 64);
                source.stop();
                var seen = new ArrayList<Integer>();
                while (source.poll(packet -> seen.add(packet.u32(20)), 10) != PacketSource.END) {}
                assertEquals(List.of(2, 258), seen);
                assertEquals(2, source.liveStatistics().received());
                assertTrue(source.capabilities().kernelFilter());
            }
            return null;
        });
    }

    @ParameterizedTest
    @CsvSource({"IN, 0", "OUT, 5", "BOTH, 5"})
    void a_direction_is_kept_to(Direction direction, int expected) throws Exception {
        VethPair.run(() -> {
            var sender = LiveSettings.of(VethPair.SENDER).withRingBytes(1 << 20);
            try (var source = LiveSource.open(sender.withDirection(direction))) {
                VethPair.send(0, 5, 64);
                assertEquals(expected, drain(source).size());
            }
            return null;
        });
    }

    @Test
    void a_batch_is_valid_as_a_whole_until_the_handler_returns() throws Exception {
        VethPair.run(() -> {
            try (var source = LiveSource.open(receiver())) {
                VethPair.send(0, 500, 64);
                source.stop();
                var seen = new ArrayList<Integer>();
                int taken;
                while ((taken = source.pollBatch(batch -> {
                            var views = new ArrayList<Packet>();
                            var view = new Packet();
                            while (batch.next(view)) {
                                views.add(view);
                                view = new Packet();
                            }
                            for (Packet packet : views) seen.add(VethPair.number(packet));
                        }))
                        != PacketSource.END) {
                    assertTrue(taken >= 0);
                }
                assertEquals(500, seen.size());
                for (int i = 0; i < seen.size(); i++) assertEquals(i, seen.get(i));
            }
            return null;
        });
    }

    @Test
    void several_interfaces_are_one_source_that_tells_them_apart() throws Exception {
        VethPair.run(() -> {
            var settings = List.of(
                    receiver().withDirection(Direction.IN),
                    LiveSettings.of(VethPair.SENDER).withRingBytes(1 << 20));
            try (var group = LiveGroup.open(settings)) {
                VethPair.send(0, 50, 64);
                group.stop();
                int[] perInterface = new int[2];
                while (group.poll(packet -> perInterface[packet.file()]++, 30) != PacketSource.END) {}
                assertEquals(50, perInterface[0]);
                assertEquals(50, perInterface[1]);
                assertEquals(VethPair.SENDER, group.fileName(1));
                assertEquals(100, group.liveStatistics().delivered());
                assertEquals(2, group.statistics().filesDone());
            }
            return null;
        });
    }

    @Test
    void what_is_not_read_at_the_end_is_counted_as_left() throws Exception {
        VethPair.run(() -> {
            var source = LiveSource.open(receiver());
            VethPair.send(0, 100, 64);
            int taken = 0;
            while (taken == 0) taken = source.poll(_ -> {}, 10);
            source.close();
            source.close();
            var counted = source.liveStatistics();
            assertEquals(new LiveStatistics(100, 10, 0, 0, 0, 0, 90, 0, 640, 0), counted);
            assertThrows(IllegalStateException.class, () -> source.poll(_ -> {}, 1));
            return null;
        });
    }

    @Test
    void an_interface_that_is_not_there_is_refused_with_the_names_of_those_that_are() throws Exception {
        VethPair.run(() -> {
            var refused = assertThrows(DeviceException.class, () -> LiveSource.open(LiveSettings.of("nosuch0")));
            assertEquals(DeviceException.Reason.NO_SUCH_DEVICE, refused.reason());
            assertTrue(refused.getMessage().contains("nosuch0"), refused.getMessage());
            assertTrue(refused.getMessage().contains(VethPair.RECEIVER), refused.getMessage());
            return null;
        });
    }

    @Test
    void without_the_right_the_error_names_the_capability_and_how_to_get_it() throws Exception {
        VethPair.run(() -> {
            io.pairwire.platform.Rights.keepOnly(java.util.Set.of());
            var refused = assertThrows(DeviceException.class, () -> LiveSource.open(receiver()));
            assertEquals(DeviceException.Reason.NOT_PERMITTED, refused.reason());
            assertTrue(refused.getMessage().contains("CAP_NET_RAW"), refused.getMessage());
            assertTrue(refused.getMessage().contains("setcap cap_net_raw+ep"), refused.getMessage());
            return null;
        });
    }

    @Test
    void monitor_mode_is_refused_where_there_is_no_radio() throws Exception {
        VethPair.run(() -> {
            var refused = assertThrows(
                    DeviceException.class, () -> LiveSource.open(receiver().withMonitor(true)));
            assertEquals(DeviceException.Reason.NOT_SUPPORTED, refused.reason());
            assertFalse(refused.getMessage().isEmpty());
            return null;
        });
    }
}
