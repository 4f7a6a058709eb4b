package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;

class LayerDecoderFuzzTest {

    @FuzzTest
    void never_throws_and_stays_inside(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.NULL,
            LinkType.LOOP,
            LinkType.RAW,
            LinkType.DLT_RAW,
            LinkType.DLT_RAW_OPENBSD,
            LinkType.IPV4,
            LinkType.IPV6,
            LinkType.PPP
        });
        int missing = input.consumeInt(-64, 2048);
        byte[] bytes = input.consumeRemainingAsBytes();
        Packet packet = Packets.packet(bytes, bytes.length + missing, linkType);
        var layers = new Layers();
        var general = new Layers();

        assertEquals(new LayerDecoder().decode(packet, layers), layers.verdict());
        LayerDecoder.decodeAny(packet, general);

        assertInside(packet, layers);
        assertSame(general, layers);
    }
}
