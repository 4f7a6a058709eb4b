package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSame;
import static io.pairwire.decode.LayersAssertions.kinds;
import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Verdict;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LayerDecoderProperties {
    private static final int[] LINK_TYPES = {
        LinkType.NULL,
        LinkType.ETHERNET,
        LinkType.RAW,
        LinkType.LOOP,
        LinkType.LINUX_SLL,
        LinkType.IPV4,
        LinkType.IPV6,
        LinkType.LINUX_SLL2,
        LinkType.PPP
    };

    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();

    @Property(tries = 5000)
    void a_built_frame_is_decoded_to_what_it_was_built_from(@ForAll long seed) {
        var frame = new RandomFrame(seed);
        Packet packet = packet(frame.bytes, frame.linkType);

        assertEquals(Verdict.OK, decoder.decode(packet, layers));

        assertInside(packet, layers);
        assertEquals(frame.layers, kinds(layers));
        assertEquals(frame.ipVersion, layers.ipVersion());
        assertArrayEquals(frame.addresses, new long[] {
            layers.sourceHigh(), layers.sourceLow(), layers.destinationHigh(), layers.destinationLow()
        });
        assertEquals(frame.ipProtocol, layers.ipProtocol());
        assertEquals(frame.transport, layers.transport());
        assertEquals(frame.fragmentOffset, layers.fragmentOffset());
        assertEquals(frame.moreFragments, layers.moreFragments());
        assertEquals(frame.moreFragments || frame.fragmentOffset > 0, layers.isFragment());
        if (frame.transport == 0) return;
        assertEquals(frame.sourcePort, layers.sourcePort());
        assertEquals(frame.destinationPort, layers.destinationPort());
        assertEquals(frame.payload.length, layers.payloadLength());
        int at = layers.payloadAt();
        assertArrayEquals(frame.payload, Arrays.copyOfRange(frame.bytes, at, at + layers.payloadCaptured()));
    }

    @Property(tries = 3000)
    void a_frame_cut_by_the_capture_is_truncated_or_whole_but_never_malformed(@ForAll long seed) {
        var frame = new RandomFrame(seed);
        int length = new Random(seed).nextInt(frame.bytes.length);
        Packet packet = cut(frame.bytes, length, frame.linkType);

        Verdict verdict = decoder.decode(packet, layers);

        assertInside(packet, layers);
        assertTrue(verdict == Verdict.OK || verdict == Verdict.TRUNCATED, verdict::name);
        assertEquals(kinds(layers), frame.layers.subList(0, layers.depth()));
        if (verdict == Verdict.OK && frame.transport != 0) {
            assertEquals(frame.payload.length, layers.payloadLength());
            assertEquals(Math.min(frame.payload.length, length - layers.payloadAt()), layers.payloadCaptured());
        }
    }

    @Property(tries = 5000)
    void random_bytes_are_decoded_inside_the_packet(
            @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 8) int link, @ForAll short missing) {
        Packet packet = packet(bytes, bytes.length + missing, LINK_TYPES[link]);

        assertEquals(decoder.decode(packet, layers), layers.verdict());

        assertInside(packet, layers);
    }

    @Property(tries = 20000)
    void a_damaged_frame_is_decoded_inside_the_packet(@ForAll long seed) {
        Packet packet = damaged(seed);

        assertEquals(decoder.decode(packet, layers), layers.verdict());

        assertInside(packet, layers);
    }

    /** Both ways share one {@code Layers} with what came before, so what one forgets to write would show. */
    @Property(tries = 20000)
    void the_fast_way_finds_what_the_general_way_finds(@ForAll long seed) {
        Packet packet = usual(seed);
        var fast = new Layers();
        for (long before = seed + 1; before < seed + 3; before++) {
            decoder.decode(damaged(before), layers);
            decoder.decode(usual(before), fast);
        }

        decoder.decode(packet, fast);
        LayerDecoder.decodeAny(packet, layers);

        assertSame(layers, fast);
    }

    /** A frame of any make with some bytes changed, cut or lengthened, often with a length that is not true. */
    private static Packet damaged(long seed) {
        var random = new Random(~seed);
        var frame = new RandomFrame(seed);
        return damage(frame.bytes, frame.linkType, random);
    }

    /** A frame as the fast way wants it, tagged or not, of both versions, in half of the cases a little damaged. */
    private static Packet usual(long seed) {
        byte[] bytes = usualBytes(seed);
        var random = new Random(~seed);
        return random.nextBoolean() ? packet(bytes, LinkType.ETHERNET) : damage(bytes, LinkType.ETHERNET, random);
    }

    private static byte[] usualBytes(long seed) {
        var random = new Random(seed);
        int source = random.nextInt(65536);
        Frame frame = random.nextBoolean()
                ? Frame.udp(random.nextLong(), source, random.nextLong(), random.nextInt(65536))
                : Frame.tcp(random.nextLong(), source, random.nextLong(), random.nextInt(65536))
                        .options(new byte[random.nextInt(3) * 20]);
        if (random.nextBoolean()) {
            frame.between(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        }
        for (int tags = Math.max(0, random.nextInt(5) - 1); tags > 0; tags--) {
            frame.tag(random.nextInt(8) == 0 ? 0x9100 : 0, random.nextInt(65536));
        }
        return frame.payload(new byte[random.nextInt(40)])
                .padTo(random.nextInt(110), random)
                .toEthernet();
    }

    /** Without this the property above could hold because nothing takes the fast way. */
    @Property(tries = 2000)
    void whole_frames_with_up_to_two_tags_take_the_fast_way(@ForAll long seed) {
        byte[] bytes = usualBytes(seed);
        Packet packet = packet(bytes, LinkType.ETHERNET);
        LayerDecoder.decodeAny(packet, layers);
        int tags = layers.first(layers.ipVersion() == 4 ? Layer.IPV4 : Layer.IPV6) - 1;
        boolean roomForTcp = bytes.length - layers.transportAt() >= 20;

        boolean known = tags <= 2 && roomForTcp && !hasOldTag(packet, tags);

        assertEquals(known, UsualFrame.decode(packet, new Layers()));
    }

    private static boolean hasOldTag(Packet packet, int tags) {
        for (int i = 0; i < tags; i++) {
            if (packet.u16(12 + 4 * i) == 0x9100) return true;
        }
        return false;
    }

    private static Packet damage(byte[] frame, int linkType, Random random) {
        byte[] bytes = Arrays.copyOf(frame, Math.max(0, frame.length - Math.max(0, random.nextInt(60) - 30)));
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(Math.min(bytes.length, 64));
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] + random.nextInt(-2, 3));
        }
        int originalLength = random.nextBoolean() ? frame.length : bytes.length + random.nextInt(-20, 20);
        return packet(bytes, originalLength, linkType);
    }
}
