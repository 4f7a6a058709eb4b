package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PacketDecoder} keeps to. An implementation's test extends it and says how a frame looks on the link
 * that it reads. Packets lie over memory that ends where they end, so a stray read throws.
 */
public abstract class PacketDecoderContract {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 30;
    private static final int CALLS = 50_000;

    private static final long SOURCE = 0x0a00_0001L;
    private static final long DESTINATION = 0xc0a8_0005L;

    private final Layers layers = new Layers();

    /** A new decoder. */
    protected abstract PacketDecoder decoder();

    /** The link type of the packets it reads. */
    protected abstract int linkType();

    /** The bytes of a frame as they are captured on that link; frames are IPv4 without options or ARP. */
    protected abstract byte[] write(Frame frame);

    private static Frame udp() {
        return Frame.udp(SOURCE, 1111, DESTINATION, 53).payload(new byte[] {1, 2, 3, 4, 5});
    }

    private static Frame tcp() {
        return Frame.tcp(SOURCE, 2222, DESTINATION, 80).options(new byte[12]).payload(new byte[] {9, 8, 7});
    }

    private List<Frame> frames() {
        return List.of(udp(), tcp(), udp().padTo(80, 0xee), tcp().padTo(90, 0xee), udp().payload(new byte[0]));
    }

    private Packet packet(byte[] bytes) {
        return Packets.packet(bytes, linkType());
    }

    private void assertFound(int protocol, int sourcePort, int destinationPort, byte[] payload, byte[] bytes) {
        Packet packet = packet(bytes);
        assertEquals(Verdict.OK, decoder().decode(packet, layers));
        assertInside(packet, layers);
        assertEquals(4, layers.ipVersion());
        assertEquals(SOURCE, layers.sourceLow());
        assertEquals(DESTINATION, layers.destinationLow());
        assertEquals(protocol, layers.ipProtocol());
        assertEquals(protocol, layers.transport());
        assertEquals(sourcePort, layers.sourcePort());
        assertEquals(destinationPort, layers.destinationPort());
        assertEquals(payload.length, layers.payloadLength());
        assertEquals(payload.length, layers.payloadCaptured());
        int at = layers.payloadAt();
        assertArrayEquals(payload, Arrays.copyOfRange(bytes, at, at + payload.length));
        assertEquals(sourcePort, packet.u16(layers.transportAt()));
        assertEquals(0x45, packet.u8(layers.networkAt()));
    }

    @Test
    void addresses_ports_and_payload_of_udp_are_found() {
        assertFound(IpProtocol.UDP, 1111, 53, new byte[] {1, 2, 3, 4, 5}, write(udp()));
    }

    @Test
    void addresses_ports_and_payload_of_tcp_are_found_behind_its_options() {
        assertFound(IpProtocol.TCP, 2222, 80, new byte[] {9, 8, 7}, write(tcp()));
    }

    @Test
    void padding_is_no_payload() {
        assertFound(IpProtocol.UDP, 1111, 53, new byte[] {1, 2, 3, 4, 5}, write(udp().padTo(80, 0xee)));
        assertFound(IpProtocol.TCP, 2222, 80, new byte[] {9, 8, 7}, write(tcp().padTo(90, 0xee)));
    }

    @Test
    void a_fragment_is_known_as_one() {
        decoder().decode(packet(write(udp().fragment(7, 0, true))), layers);
        assertTrue(layers.isFragment());
        decoder().decode(packet(write(udp().fragment(7, 64, false))), layers);
        assertTrue(layers.isFragment());
        assertEquals(0, layers.transport(), "a later fragment has no transport header");
    }

    @Test
    void another_link_type_is_unsupported_and_nothing_is_found() {
        Packet packet = Packets.packet(write(udp()), LinkType.USER15);
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, decoder().decode(packet, layers));
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, layers.verdict());
        assertEquals(0, layers.depth());
        assertEquals(0, layers.ipVersion());
    }

    @Test
    void a_packet_cut_anywhere_is_truncated_or_whole_and_read_inside_its_bytes() {
        for (Frame frame : frames()) {
            byte[] bytes = write(frame);
            for (int length = 0; length < bytes.length; length++) {
                Packet packet = Packets.cut(bytes, length, linkType());
                Verdict verdict = decoder().decode(packet, layers);
                assertTrue(verdict == Verdict.OK || verdict == Verdict.TRUNCATED, verdict + " at " + length);
                assertInside(packet, layers);
            }
        }
    }

    @Test
    void a_packet_that_was_sent_too_short_is_not_called_truncated() {
        for (Frame frame : frames()) {
            byte[] bytes = write(frame);
            for (int length = 0; length < bytes.length; length++) {
                Packet packet = Packets.shortened(bytes, length, linkType());
                assertTrue(decoder().decode(packet, layers) != Verdict.TRUNCATED, "length " + length);
                assertInside(packet, layers);
            }
        }
    }

    @Test
    void random_bytes_are_read_inside_the_packet() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertHarmless(Packets.packet(bytes, bytes.length + random.nextInt(20), linkType()));
        }
    }

    @Test
    void damaged_packets_are_read_inside_their_bytes() {
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++) assertHarmless(damaged(random));
    }

    private void assertHarmless(Packet packet) {
        assertEquals(decoder().decode(packet, layers), layers.verdict(), "what is answered is also kept");
        assertInside(packet, layers);
    }

    /** A frame with some bytes changed and cut at random, so that every kind of damage comes up. */
    private Packet damaged(Random random) {
        byte[] whole = write(random.nextBoolean() ? udp() : tcp());
        byte[] bytes = Arrays.copyOf(whole, whole.length - Math.max(0, random.nextInt(60) - 30));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Packets.packet(bytes, random.nextBoolean() ? whole.length : bytes.length, linkType());
    }

    @Test
    void nothing_of_the_packet_before_is_left() {
        var random = new Random(3);
        var decoder = decoder();
        for (int i = 0; i < 20_000; i++) {
            Packet packet = damaged(random);
            var fresh = new Layers();
            decoder().decode(packet, fresh);
            decoder.decode(packet, layers);
            assertSame(fresh, layers);
        }
        decoder.decode(packet(write(tcp())), layers);
        decoder.decode(packet(write(Frame.arp("10.0.0.1", "10.0.0.2"))), layers);
        assertEquals(0, layers.ipVersion());
        assertEquals(0, layers.transport());
        assertEquals(-1, layers.payloadAt());
    }

    @Test
    void it_does_not_matter_where_in_memory_the_packet_lies() {
        for (Frame frame : frames()) {
            byte[] bytes = write(frame);
            byte[] larger = new byte[bytes.length + 100];
            Arrays.fill(larger, (byte) 0x45);
            System.arraycopy(bytes, 0, larger, 33, bytes.length);
            var inside = new Packet()
                    .moveTo(MemorySegment.ofArray(larger), 33, bytes.length, bytes.length, 0)
                    .linkType(linkType());
            var alone = new Layers();
            decoder().decode(packet(bytes), alone);
            decoder().decode(inside, layers);
            assertSame(alone, layers);
        }
    }

    @Test
    void a_packet_costs_no_heap() {
        var decoder = decoder();
        var packets = frames().stream().map(frame -> packet(write(frame))).toArray(Packet[]::new);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) { // the first is for the compiler
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) decoder.decode(packets[i % packets.length], layers);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
