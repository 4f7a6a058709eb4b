package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.bpf.EbpfInstruction;
import io.pairwire.capture.bpf.EbpfProgram;
import io.pairwire.live.DeviceException.Reason;
import io.pairwire.live.XdpSettings.Copy;
import io.pairwire.live.XdpSettings.Where;
import io.pairwire.platform.PacketSender;
import io.pairwire.platform.numa.PageSupport;
import io.pairwire.platform.xdp.AttachedProgram;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequence-numbered packets through real interfaces, in a namespace of the test's own. */
class XdpSourceTest {
    private static final long PATIENCE = 3_000_000_000L;
    private static final int ETHERTYPE = 0x88b5; // local experiments
    private static final int WANTED = 0x88b6;

    @ParameterizedTest
    @CsvSource({"NATIVE, 64", "NATIVE, 512", "NATIVE, 1514", "GENERIC, 64", "GENERIC, 512", "GENERIC, 1514"})
    void everything_sent_is_delivered_or_counted_as_lost(Where where, int length) throws Exception {
        VethQueues.with(1, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp().withWhere(where));
                    var sender = sender()) {
                for (int i = 0; i < 5_000; i++) send(sender, ETHERTYPE, i, length);
                sender.flush();
                var seen = new BitSet();
                drain(source, packet -> {
                    assertEquals(length, packet.capturedLength());
                    seen.set(packet.u32(14));
                });
                LiveStatistics statistics = source.liveStatistics();
                assertEquals(5_000, statistics.delivered() + statistics.droppedKernel(), statistics::toString);
                assertEquals(seen.cardinality(), statistics.delivered());
                assertEquals(statistics.delivered() * length, statistics.bytes());
                assertEquals(5_000, statistics.received());
            }
            return null;
        });
    }

    @Test
    void without_pause_nothing_is_lost_and_order_is_kept() throws Exception {
        VethQueues.with(1, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp());
                    var sender = sender()) {
                assertTrue(source.notices().getFirst().contains("ALL traffic"), source.notices()::toString);
                assertTrue(source.description().startsWith("AF_XDP, native mode, copy"), source.description());
                int[] next = {0};
                for (int round = 0; round < 50; round++) {
                    for (int i = 0; i < 200; i++) send(sender, ETHERTYPE, round * 200 + i, 100);
                    sender.flush();
                    long end = System.nanoTime() + PATIENCE;
                    while (next[0] < (round + 1) * 200 && System.nanoTime() < end) {
                        source.poll(packet -> assertEquals(next[0]++, packet.u32(14)), 64);
                    }
                }
                assertEquals(10_000, next[0]);
                assertEquals(0, source.liveStatistics().dropped());
            }
            return null;
        });
    }

    /** All queues share one memory, so a machine without reserved pages is told of once. */
    @Test
    void the_pages_that_frames_lie_in_are_told() throws Exception {
        long free = PageSupport.here().reserve(2 << 20).free();
        VethQueues.with(2, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp())) {
                var memory = source.notices().stream()
                        .filter(line -> line.contains("memory: asked for pages of 2 MiB"))
                        .toList();
                boolean huge = source.description().endsWith(" in pages of 2 MiB");
                assertEquals(huge ? 0 : 1, memory.size(), source.notices()::toString);
                if (free == 0) assertFalse(huge, source.description());
            }
            return null;
        });
    }

    /** Two pages are put into the reserve, used, and taken out again. */
    @Test
    void frames_lie_in_reserved_pages_where_there_are_some() throws Exception {
        Path reserve = Path.of("/proc/sys/vm/nr_hugepages");
        Assumptions.assumeTrue(Files.isWritable(reserve), "needs root, to reserve huge pages");
        String before = Files.readString(reserve).strip();
        try {
            try {
                Files.writeString(reserve, Long.toString(Long.parseLong(before) + 2));
            } catch (IOException e) {
                Assumptions.abort("needs a writable " + reserve + ": " + e.getMessage());
            }
            Assumptions.assumeTrue(PageSupport.here().reserve(2 << 20).free() >= 1, "needs 2 MiB of free memory");
            VethQueues.with(1, 1500, () -> {
                try (var source = XdpSource.open(settings().withRingBytes(1 << 20), xdp());
                        var sender = sender()) {
                    assertTrue(source.description().endsWith(" in pages of 2 MiB"), source.description());
                    assertEquals(1, source.notices().size(), source.notices()::toString);
                    for (int i = 0; i < 100; i++) send(sender, ETHERTYPE, i, 200);
                    sender.flush();
                    var seen = new BitSet();
                    drain(source, packet -> seen.set(packet.u32(14)));
                    assertEquals(100, seen.cardinality());
                }
                return null;
            });
        } finally {
            Files.writeString(reserve, before);
        }
    }

    @ParameterizedTest
    @CsvSource({"NATIVE", "GENERIC"})
    void packets_of_nine_thousand_bytes_are_taken_in_several_frames(Where where) throws Exception {
        VethQueues.with(1, 9000, () -> {
            try (var source = XdpSource.open(settings(), xdp().withWhere(where));
                    var sender = sender()) {
                int[] next = {0};
                for (int i = 0; i < 200; i++) {
                    int length = 9014 - 40 * i;
                    send(sender, ETHERTYPE, i, length);
                    sender.flush();
                    long end = System.nanoTime() + PATIENCE;
                    while (next[0] <= i && System.nanoTime() < end) {
                        source.poll(
                                packet -> {
                                    assertEquals(next[0]++, packet.u32(14));
                                    assertEquals(length, packet.capturedLength());
                                    assertEquals(length & 0xff, packet.u8(length - 1));
                                },
                                64);
                    }
                }
                assertEquals(200, next[0], source.liveStatistics()::toString);
            }
            return null;
        });
    }

    @Test
    void batches_hand_over_what_is_ready() throws Exception {
        VethQueues.with(1, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp());
                    var sender = sender()) {
                for (int i = 0; i < 100; i++) send(sender, ETHERTYPE, i, 100);
                sender.flush();
                var packet = new Packet();
                int[] next = {0};
                long end = System.nanoTime() + PATIENCE;
                while (next[0] < 100 && System.nanoTime() < end) {
                    source.pollBatch(ready -> {
                        while (ready.next(packet)) assertEquals(next[0]++, packet.u32(14));
                    });
                }
                assertEquals(100, next[0]);
            }
            return null;
        });
    }

    @Test
    void a_source_for_each_queue_takes_the_packets_of_its_queue() throws Exception {
        VethQueues.with(2, 1500, () -> {
            List<XdpSource> sources = XdpSource.openEach(settings(), xdp());
            assertEquals(2, sources.size());
            try (var sender = sender()) {
                for (int i = 0; i < 1_000; i++) send(sender, ETHERTYPE, i, 100);
                sender.flush();
                var seen = new AtomicInteger();
                for (XdpSource source : sources) drain(source, _ -> seen.incrementAndGet());
                long lost = 0;
                for (XdpSource source : sources) lost += source.liveStatistics().droppedKernel();
                assertEquals(1_000, seen.get() + lost);
            } finally {
                for (XdpSource source : sources) source.close();
            }
            assertFalse(isAttached(), "the last source takes the program off");
            return null;
        });
    }

    @Test
    void one_source_takes_all_queues_or_those_it_is_told() throws Exception {
        VethQueues.with(2, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp())) {
                assertTrue(source.description().contains("queues [0, 1]"), source.description());
            }
            try (var source = XdpSource.open(settings(), xdp().withQueues(List.of(1)))) {
                assertTrue(source.description().contains("queue [1]"), source.description());
            }
            var missing = refusal(xdp().withQueues(List.of(2)));
            assertTrue(
                    missing.getMessage().contains("has no queue 2; its 2 receive queues are 0 to 1"),
                    missing.getMessage());
            return null;
        });
    }

    @Test
    void what_the_filter_does_not_want_goes_on_to_the_stack() throws Exception {
        VethQueues.with(1, 1500, () -> {
            var filtered = xdp().withFilter(new XdpFilter(XdpSourceTest::wantedOnly, true));
            try (var stack = LiveSource.open(LiveSettings.of("vb").withBackend(Backend.AF_PACKET));
                    var source = XdpSource.open(settings(), filtered);
                    var sender = sender()) {
                for (int i = 0; i < 1_000; i++) send(sender, i % 10 == 0 ? WANTED : ETHERTYPE, i, 100);
                sender.flush();
                var taken = new BitSet();
                var left = new BitSet();
                drain(source, packet -> taken.set(packet.u32(14)));
                drain(stack, packet -> left.set(packet.u32(14)));
                assertEquals(100, taken.cardinality());
                assertEquals(900, left.cardinality(), "those that do not match are seen by the stack");
                taken.and(left);
                assertTrue(taken.isEmpty());
                assertTrue(source.notices().getFirst().contains("traffic that matches the filter"));
            }
            return null;
        });
    }

    @Test
    void a_filter_is_changed_while_packets_come() throws Exception {
        VethQueues.with(1, 1500, () -> {
            try (var source = XdpSource.open(settings(), xdp());
                    var sender = sender()) {
                var exact = LiveFilter.of(packet -> packet.u16(12) == WANTED, "ether proto 0x88b6");
                source.filter(exact, new XdpFilter(XdpSourceTest::wantedOnly, true));
                for (int i = 0; i < 100; i++) send(sender, i % 2 == 0 ? WANTED : ETHERTYPE, i, 100);
                sender.flush();
                var seen = new BitSet();
                drain(source, packet -> seen.set(packet.u32(14)));
                assertEquals(50, seen.cardinality());
                assertEquals(0, source.liveStatistics().filtered(), "the others did not come here");
                assertEquals("ether proto 0x88b6", source.filterText());
            }
            return null;
        });
    }

    @Test
    void an_interface_or_queue_that_is_taken_is_told_with_its_owner() throws Exception {
        VethQueues.with(1, 1500, () -> {
            try (var _ = XdpSource.open(settings(), xdp())) {
                var busy = refusal(xdp().withPatience(Duration.ofMillis(3)));
                assertEquals(Reason.BUSY, busy.reason());
                assertTrue(busy.getMessage().contains("(pairwire_xdp), held by link "), busy.getMessage());
            }
            try (var _ = XdpSource.open(settings(), xdp())) {
                assertTrue(isAttached(), "free again at once, or within the patience");
            }
            return null;
        });
    }

    @Test
    void an_mtu_that_is_too_large_is_told_with_its_cure_or_fallen_back_from() throws Exception {
        VethQueues.with(1, 9000, () -> {
            var whole = xdp().withFragments(false);
            var refused = refusal(whole.withWhere(Where.NATIVE));
            assertEquals(Reason.NOT_SUPPORTED, refused.reason());
            assertTrue(
                    refused.getMessage()
                            .contains(
                                    "vb: the MTU of 9000 is too large for XDP in native mode. Lower it: ip link set vb mtu"),
                    refused.getMessage());
            try (var source = XdpSource.open(settings(), whole)) {
                assertTrue(source.description().contains("generic mode"), source.description());
                assertTrue(source.notices().stream().anyMatch(n -> n.contains("runs in generic mode now")));
            }
            return null;
        });
    }

    @Test
    void what_cannot_be_had_is_named() throws Exception {
        VethQueues.with(1, 1500, () -> {
            var zeroCopy = refusal(xdp().withCopy(Copy.ZERO_COPY));
            assertTrue(zeroCopy.getMessage().contains("no zero-copy on queue 0"), zeroCopy.getMessage());
            var offload = refusal(xdp().withWhere(Where.OFFLOAD));
            assertEquals(Reason.NOT_SUPPORTED, offload.reason());
            assertTrue(offload.getMessage().contains("offload mode"), offload.getMessage());
            var any = assertThrows(DeviceException.class, () -> XdpSource.open(LiveSettings.of("any"), xdp()));
            assertTrue(any.getMessage().contains("name it"), any.getMessage());
            assertEquals(
                    Reason.NO_SUCH_DEVICE,
                    assertThrows(DeviceException.class, () -> XdpSource.open(LiveSettings.of("nix"), xdp()))
                            .reason());
            assertFalse(isAttached(), "nothing is left behind");
            return null;
        });
    }

    private static LiveSettings settings() {
        return LiveSettings.of("vb").withRingBytes(4 << 20);
    }

    private static XdpSettings xdp() {
        return XdpSettings.defaults();
    }

    private static DeviceException refusal(XdpSettings xdp) {
        return assertThrows(DeviceException.class, () -> XdpSource.open(settings(), xdp));
    }

    private static boolean isAttached() throws IOException {
        int index = VethQueues.index("vb");
        return AttachedProgram.list().stream().anyMatch(attached -> attached.interfaceIndex() == index);
    }

    private static PacketSender sender() throws IOException {
        return new PacketSender(VethQueues.index("va"), 9100, false);
    }

    private static void send(PacketSender sender, int type, int sequence, int length) throws IOException {
        MemorySegment frame = sender.next();
        frame.fill((byte) length);
        frame.set(ValueLayout.JAVA_BYTE, 0, (byte) 2);
        frame.set(ValueLayout.JAVA_SHORT_UNALIGNED, 12, Short.reverseBytes((short) type));
        frame.set(ValueLayout.JAVA_INT_UNALIGNED, 14, Integer.reverseBytes(sequence));
        sender.add(length);
    }

    private static void drain(LiveSource source, PacketHandler handler) throws IOException {
        source.stop();
        long end = System.nanoTime() + PATIENCE;
        while (source.poll(handler, 100) != PacketSource.END) {
            assertTrue(System.nanoTime() < end, "the source does not end");
        }
    }

    /** {@code if (ethertype == WANTED) redirect to the queue's socket, else on to the stack}. */
    private static EbpfProgram wantedOnly(int map) {
        var code = new ArrayList<EbpfInstruction>();
        code.add(new EbpfInstruction(0x61, 2, 1, 0, 0)); // r2 = data
        code.add(new EbpfInstruction(0x61, 3, 1, 4, 0)); // r3 = data_end
        code.add(new EbpfInstruction(0xbf, 4, 2, 0, 0));
        code.add(new EbpfInstruction(0x07, 4, 0, 0, 14));
        code.add(new EbpfInstruction(0x2d, 4, 3, 8, 0)); // too short: pass
        code.add(new EbpfInstruction(0x69, 5, 2, 12, 0));
        code.add(new EbpfInstruction(0x55, 5, 0, 6, Short.reverseBytes((short) WANTED) & 0xffff));
        code.add(new EbpfInstruction(0x61, 2, 1, 16, 0));
        code.add(new EbpfInstruction(0x18, 1, 1, 0, map));
        code.add(new EbpfInstruction(0, 0, 0, 0, 0));
        code.add(new EbpfInstruction(0xb7, 3, 0, 0, 2));
        code.add(new EbpfInstruction(0x85, 0, 0, 0, 51));
        code.add(new EbpfInstruction(0x95, 0, 0, 0, 0));
        code.add(new EbpfInstruction(0xb7, 0, 0, 0, 2));
        code.add(new EbpfInstruction(0x95, 0, 0, 0, 0));
        return new EbpfProgram(code);
    }
}
