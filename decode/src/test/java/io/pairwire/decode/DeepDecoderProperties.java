package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSameOutermost;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class DeepDecoderProperties {
    private static final List<Tunnelled> TUNNELS = Tunnelled.all().toList();
    private static final int[] PORTS = {1701, 2152, 3386, 3544, 4500, 4754, 4789, 4790, 6081, 6635, 8472};

    private final DeepDecoder decoder = new DeepDecoder();
    private final Checksums checksums = new Checksums();

    @Property(tries = 2000)
    void damaged_tunnels_are_read_inside_their_bytes_and_change_nothing_of_the_outermost(@ForAll long seed) {
        var random = new Random(seed);
        byte[] whole = TUNNELS.get(random.nextInt(TUNNELS.size())).bytes();
        byte[] bytes = Arrays.copyOf(whole, Math.max(0, whole.length - Math.max(0, random.nextInt(60) - 30)));
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] + random.nextInt(-2, 3));
        }
        int originalLength = random.nextBoolean() ? whole.length : bytes.length;
        assertHarmless(packet(bytes, originalLength, LinkType.RAW));
    }

    /** Payload may look like a tunnel by chance; where it does not, nothing is wrong. */
    @Property(tries = 1000)
    void any_payload_of_a_tunnels_port_is_a_tunnel_or_nothing_wrong(
            @ForAll @Size(max = 100) byte[] payload, @ForAll long seed) {
        int port = PORTS[(int) Math.floorMod(seed, (long) PORTS.length)];
        byte[] bytes =
                Frame.udp("10.0.0.1", 9, "10.0.0.2", port).payload(payload).toRaw();
        Packet packet = packet(bytes, LinkType.RAW);
        assertHarmless(packet);
        var layers = new Layers();
        Verdict verdict = decoder.decode(packet, layers);
        if (layers.depth() == 2) assertEquals(Verdict.OK, verdict);
    }

    private void assertHarmless(Packet packet) {
        var layers = new Layers();
        var plain = new Layers();
        Verdict verdict = decoder.decode(packet, layers);
        assertEquals(verdict, layers.verdict());
        new LayerDecoder().decode(packet, plain);
        assertInside(packet, layers);
        assertSameOutermost(plain, layers);
        assertTrue(plain.verdict() == Verdict.OK || plain.verdict() == verdict, "what was wrong stays wrong");
        for (int i = 0; i < layers.depth(); i++) {
            checksums.verify(packet, layers, i);
            if (layers.ipAround(i) != i) continue;
            var inner = new Layers();
            DeepDecoder.decodeInner(packet, layers, i, inner);
            assertInside(packet, inner);
        }
    }
}
