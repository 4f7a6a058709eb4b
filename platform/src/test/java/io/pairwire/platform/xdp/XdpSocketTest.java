package io.pairwire.platform.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.PacketSender;
import io.pairwire.platform.Poll;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.VethPair;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sockets on a veth pair in a namespace of its own. */
class XdpSocketTest {
    private static final XdpSocketSettings SMALL = settings(256, 64);
    private static final long PATIENCE = 2_000_000_000L;
    private static final int SEQUENCE = 14;

    @ParameterizedTest
    @CsvSource({"NATIVE, 64", "GENERIC, 64", "NATIVE, 1514", "GENERIC, 1514"})
    void every_frame_sent_is_received_once_and_in_order(XdpMode mode, int length) throws Exception {
        VethPair.with(1, 1500, () -> {
            int b = VethPair.index("vb");
            try (var map = XskMap.create(1);
                    var program = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("test", false, 0));
                    var socket = XdpSocket.open(b, 0, SMALL);
                    var _ = XdpLink.attach(program, b, mode);
                    var sender = new PacketSender(VethPair.index("va"), 2048, false)) {
                map.put(0, socket);
                int[] next = {0};
                for (int round = 0; round < 20; round++) { // several times around the ring
                    for (int i = 0; i < 100; i++) send(sender, round * 100 + i, length);
                    sender.flush();
                    receive(socket, (round + 1) * 100, next, length);
                }
                assertEquals(0, socket.counters().lost());
            }
            return null;
        });
    }

    @Test
    void frames_that_find_no_room_are_counted() throws Exception {
        VethPair.with(1, 1500, () -> {
            int b = VethPair.index("vb");
            try (var map = XskMap.create(1);
                    var program = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("test", false, 0));
                    var socket = XdpSocket.open(b, 0, SMALL);
                    var _ = XdpLink.attach(program, b, XdpMode.GENERIC);
                    var sender = new PacketSender(VethPair.index("va"), 2048, false)) {
                map.put(0, socket);
                for (int i = 0; i < 1_000; i++) send(sender, i, 100);
                sender.flush();
                var seen = new BitSet();
                long end = System.nanoTime() + PATIENCE;
                while (seen.cardinality() + socket.counters().lost() < 1_000 && System.nanoTime() < end) {
                    while (socket.next()) seen.set(sequence(socket.packetMemory(), socket.packetAt()));
                    socket.release();
                }
                assertTrue(socket.counters().lost() > 0, "256 frames cannot hold 1000 packets");
                assertEquals(1_000, seen.cardinality() + socket.counters().lost());
            }
            return null;
        });
    }

    @Test
    void what_is_transmitted_arrives_on_the_other_side() throws Exception {
        VethPair.with(1, 1500, () -> {
            int b = VethPair.index("vb");
            try (var map = XskMap.create(1);
                    var program = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("test", false, 0));
                    var socket = XdpSocket.open(b, 0, SMALL);
                    var _ = XdpLink.attach(program, b, XdpMode.GENERIC);
                    var sender = XdpSocket.open(VethPair.index("va"), 0, settings(0, 64))) {
                map.put(0, socket);
                int[] next = {0};
                MemorySegment frame = MemorySegment.ofArray(new byte[1514]);
                for (int i = 0; i < 1_000; i++) {
                    writeSequence(frame, i);
                    while (!sender.transmit(frame, 0, 60 + i)) sender.flush();
                    sender.flush();
                    receive(socket, i + 1, next, 60 + i);
                }
                while (sender.inTransmission() > 0) sender.flush();
                assertEquals(0, sender.counters().invalidTransmit());
                assertThrows(IllegalStateException.class, sender::next);
            }
            return null;
        });
    }

    @Test
    void a_packet_longer_than_a_frame_is_put_together_from_several() throws Exception {
        VethPair.with(1, 9000, () -> {
            int b = VethPair.index("vb");
            var fragments = new XdpSocketSettings(256, 0, 2048, false, XdpSocketSettings.Copy.AUTO, true, true);
            try (var map = XskMap.create(1);
                    var program = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("test", true, 0));
                    var socket = XdpSocket.open(b, 0, fragments);
                    var _ = XdpLink.attach(program, b, XdpMode.NATIVE);
                    var sender = new PacketSender(VethPair.index("va"), 9014, false)) {
                map.put(0, socket);
                int[] next = {0};
                for (int i = 0; i < 100; i++) {
                    send(sender, i, 9014 - i * 70);
                    sender.flush();
                    receive(socket, i + 1, next, 9014 - i * 70);
                }
            }
            return null;
        });
    }

    @Test
    void the_kernel_names_what_it_refuses() throws Exception {
        VethPair.with(1, 9000, () -> {
            int b = VethPair.index("vb");
            try (var map = XskMap.create(1);
                    var program = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("test", false, 0));
                    var socket = XdpSocket.open(b, 0, SMALL)) {
                assertFalse(socket.isZeroCopy(), "a veth pair copies");
                assertEquals(Errno.ERANGE, refusal(() -> XdpLink.attach(program, b, XdpMode.NATIVE)), "MTU");
                assertEquals(Errno.EBUSY, refusal(() -> XdpSocket.open(b, 0, SMALL)), "queue taken");
                assertEquals(Errno.EINVAL, refusal(() -> XdpSocket.open(b, 7, SMALL)), "no such queue");
                var zeroCopy = new XdpSocketSettings(64, 0, 2048, false, XdpSocketSettings.Copy.NEVER, true, false);
                int a = VethPair.index("va");
                assertEquals(Errno.EOPNOTSUPP, refusal(() -> XdpSocket.open(a, 0, zeroCopy)), "zero-copy");
                try (var _ = XdpLink.attach(program, b, XdpMode.GENERIC)) {
                    assertEquals(Errno.EBUSY, refusal(() -> XdpLink.attach(program, b, XdpMode.GENERIC)), "taken");
                }
            }
            return null;
        });
    }

    @Test
    void programs_are_listed_replaced_and_detached() throws Exception {
        VethPair.with(1, 1500, () -> {
            int b = VethPair.index("vb");
            try (var map = XskMap.create(1);
                    var first = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("first", false, 0));
                    var second = XdpProgram.load(redirectAll(map), new XdpProgram.Settings("second", false, 0));
                    var link = XdpLink.attach(first, b, XdpMode.GENERIC)) {
                assertTrue(LoadedProgram.list().stream()
                        .anyMatch(p -> p.name().equals("first") && p.type() == LoadedProgram.XDP));
                int before = first.id();
                int after = second.id();
                assertEquals(1, links(before, b));
                link.replace(second);
                assertEquals(0, links(before, b));
                assertEquals(1, links(after, b));
                link.detach();
                assertEquals(0, links(after, b));
            }
            return null;
        });
    }

    @Test
    void a_program_that_the_verifier_refuses_comes_back_with_its_reason() throws Exception {
        VethPair.with(1, 1500, () -> {
            var refused = assertThrows(
                    ProgramRefusedException.class,
                    () -> XdpProgram.load(new byte[8], new XdpProgram.Settings("bad", false, 0)));
            assertTrue(refused.getMessage().contains("last insn is not an exit"), refused.getMessage());
            return null;
        });
    }

    @Test
    void settings_say_what_they_do_not_take() {
        assertThrows(IllegalArgumentException.class, () -> settings(0, 0));
        assertThrows(IllegalArgumentException.class, () -> settings(100, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new XdpSocketSettings(64, 0, 1500, false, XdpSocketSettings.Copy.AUTO, true, false));
        assertEquals(1792, SMALL.longestPacket());
    }

    private static XdpSocketSettings settings(int receive, int transmit) {
        return new XdpSocketSettings(receive, transmit, 2048, false, XdpSocketSettings.Copy.AUTO, true, false);
    }

    private static long links(int program, int interfaceIndex) throws SystemCallException {
        return AttachedProgram.list().stream()
                .filter(a -> a.programId() == program && a.interfaceIndex() == interfaceIndex)
                .count();
    }

    private interface Opening {
        AutoCloseable open() throws IOException;
    }

    private static int refusal(Opening opening) {
        return assertThrows(SystemCallException.class, opening::open).errno();
    }

    private static void send(PacketSender sender, int sequence, int length) throws SystemCallException {
        writeSequence(sender.next(), sequence);
        sender.add(length);
    }

    private static void receive(XdpSocket socket, int upTo, int[] next, int length) throws SystemCallException {
        long end = System.nanoTime() + PATIENCE;
        try (var poll = new Poll(socket.watched())) {
            while (next[0] < upTo && System.nanoTime() < end) {
                int before = next[0];
                while (socket.next()) {
                    assertEquals(length, socket.packetLength());
                    assertEquals(next[0]++, sequence(socket.packetMemory(), socket.packetAt()));
                }
                socket.release();
                if (next[0] == before) poll.await(10_000_000);
            }
        }
        assertEquals(upTo, next[0], () -> {
            try {
                return socket.counters().toString();
            } catch (SystemCallException e) {
                return e.getMessage();
            }
        });
    }

    private static void writeSequence(MemorySegment frame, int sequence) {
        frame.set(CLibrary.BYTE, 0, (byte) 2);
        frame.set(CLibrary.BYTE, 12, (byte) 0x88); // EtherType 88b5, local experiments
        frame.set(CLibrary.BYTE, 13, (byte) 0xb5);
        for (int i = 0; i < 4; i++) frame.set(CLibrary.BYTE, SEQUENCE + i, (byte) (sequence >>> 8 * i));
    }

    private static int sequence(MemorySegment memory, long at) {
        int sequence = 0;
        for (int i = 0; i < 4; i++) sequence |= (memory.get(CLibrary.BYTE, at + SEQUENCE + i) & 0xff) << 8 * i;
        return sequence;
    }

    /** {@code return bpf_redirect_map(map, queue, XDP_PASS)}, as a machine of this byte order reads it. */
    private static byte[] redirectAll(XskMap map) {
        var code = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        code.putLong(0x0010_1261L); // r2 = *(u32 *)(r1 + 16), the queue
        code.putLong(0x1118L | (long) map.descriptor() << 32).putLong(0); // r1 = the map
        code.putLong(2L << 32 | 0x03b7); // r3 = XDP_PASS
        code.putLong(51L << 32 | 0x85); // bpf_redirect_map
        code.putLong(0x95); // exit
        return code.array();
    }
}
