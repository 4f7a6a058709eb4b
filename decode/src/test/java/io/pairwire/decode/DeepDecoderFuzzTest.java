package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSameOutermost;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.AllItems;

class DeepDecoderFuzzTest {

    @FuzzTest
    void tunnels_and_checksums_never_throw_and_stay_inside(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL});
        int missing = input.consumeInt(-64, 2048);
        byte[] bytes = input.consumeRemainingAsBytes();
        Packet packet = Packets.packet(bytes, bytes.length + missing, linkType);
        var layers = new Layers();
        var plain = new Layers();

        assertEquals(new DeepDecoder().decode(packet, layers), layers.verdict());
        new LayerDecoder().decode(packet, plain);

        assertInside(packet, layers);
        assertSameOutermost(plain, layers);
        var checksums = new Checksums();
        for (int i = 0; i < layers.depth(); i++) {
            checksums.verify(packet, layers, i);
            if (layers.ipAround(i) != i) continue;
            DeepDecoder.decodeInner(packet, layers, i, plain);
            assertInside(packet, plain);
        }
    }

    @FuzzTest
    void options_and_chunks_stay_inside(FuzzedDataProvider input) {
        byte[] bytes = input.consumeRemainingAsBytes();
        AllItems.walkAll(Packets.packet(bytes, LinkType.RAW));
    }
}
