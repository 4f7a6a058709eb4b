package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.Packets;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.rewrite.AnonymizerSettings.Macs;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AnonymizerProperties {

    @Property(tries = 500)
    void checksums_are_right_after_if_and_only_if_they_were_before(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes = frame(random);
        Packet before = Packets.packet(bytes, LinkType.ETHERNET);
        Packet after = anonymizer(random).rewrite(before);
        assertEquals(Sums.judge(before), Sums.judge(after));
    }

    @Property(tries = 300)
    void layers_ports_and_lengths_stay_and_the_same_key_gives_the_same_packet(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes = frame(random);
        Packet before = Packets.packet(bytes, LinkType.ETHERNET);
        long settings = random.nextLong();
        Packet after = anonymizer(new Random(settings)).rewrite(before);
        Packet again = anonymizer(new Random(settings)).rewrite(before);
        assertArrayEquals(AnonymizerTest.bytes(after), AnonymizerTest.bytes(again));
        var expected = layers(before);
        var found = layers(after);
        assertEquals(expected.depth(), found.depth());
        for (int i = 0; i < found.depth(); i++) assertEquals(expected.kind(i), found.kind(i));
        assertEquals(expected.sourcePort(), found.sourcePort());
        assertEquals(expected.destinationPort(), found.destinationPort());
        assertEquals(expected.payloadLength(), found.payloadLength());
        assertEquals(before.originalLength(), after.originalLength());
    }

    @Property(tries = 500)
    void any_bytes_are_rewritten_without_failing(@ForAll @Size(max = 200) byte[] bytes, @ForAll long seed) {
        var random = new Random(seed);
        int[] linkTypes = {1, 0, 108, 113, 276, 101, 228, 229, 9, 105};
        int linkType = linkTypes[random.nextInt(linkTypes.length)];
        Packet after = any(random).rewrite(Packets.packet(bytes, bytes.length + random.nextInt(3), linkType));
        assertEquals(linkType, after.linkType());
    }

    private static byte[] frame(Random random) {
        boolean ipv6 = random.nextBoolean();
        String source = ipv6 ? "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xfffe)) : "10.1.2.3";
        String destination = ipv6 ? "fe80::1:2" : "192.0.2." + random.nextInt(256);
        Frame frame = switch (random.nextInt(3)) {
            case 0 -> Frame.udp(source, random.nextInt(65536), destination, random.nextInt(65536));
            case 1 -> Frame.tcp(source, random.nextInt(65536), destination, random.nextInt(65536));
            default -> Frame.icmpEcho(source, destination, random.nextInt(3), random.nextInt(3));
        };
        byte[] payload = new byte[random.nextInt(60)];
        if (random.nextBoolean()) random.nextBytes(payload);
        frame.payload(payload);
        if (random.nextInt(3) == 0) frame.checksum(random.nextInt(65536));
        if (random.nextInt(3) == 0) frame.vlan(random.nextInt(4096));
        if (random.nextInt(3) == 0) frame.padTo(60 + random.nextInt(40), random);
        if (random.nextInt(4) == 0) frame.reply();
        return frame.toEthernet();
    }

    private static Anonymizer anonymizer(Random random) {
        return anonymizer(random, random.nextBoolean() ? Payload.KEEP : Payload.ZERO);
    }

    private static Anonymizer any(Random random) {
        return anonymizer(random, Payload.values()[random.nextInt(3)]);
    }

    private static Anonymizer anonymizer(Random random, Payload payload) {
        var settings = new AnonymizerSettings(
                Macs.values()[random.nextInt(3)], payload, KeptNetwork.special(), random.nextBoolean());
        return new Anonymizer(AnonymizationKey.random(random), settings, MappingListener.NONE);
    }

    private static Layers layers(Packet packet) {
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        return layers;
    }
}
