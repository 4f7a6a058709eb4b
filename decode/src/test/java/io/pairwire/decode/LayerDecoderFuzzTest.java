package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import java.util.stream.IntStream;

class LayerDecoderFuzzTest {
    private static final int[] LINK_TYPES = linkTypes();

    /** Those of all link headers that are written by hand elsewhere, and those without a header. */
    private static int[] linkTypes() {
        IntStream wrapped = WrappedLink.ALL.stream().mapToInt(WrappedLink::linkType);
        IntStream others = IntStream.of(
                LinkType.LOOP,
                LinkType.RAW,
                LinkType.DLT_RAW,
                LinkType.DLT_RAW_OPENBSD,
                LinkType.IPV4,
                LinkType.IPV6,
                LinkType.JUNIPER_ATM2,
                LinkType.JUNIPER_CHDLC,
                LinkType.DSA_TAG_BRCM,
                LinkType.NETANALYZER_TRANSPARENT,
                LinkType.ETHERNET_MPACKET,
                LinkType.IEEE802_15_4_WITHFCS,
                LinkType.IEEE802_15_4_NOFCS,
                LinkType.IEEE802_15_4_TAP,
                LinkType.CAN_SOCKETCAN,
                LinkType.NETLINK,
                LinkType.USB_LINUX);
        return IntStream.concat(wrapped, others).distinct().sorted().toArray();
    }

    @FuzzTest
    void never_throws_and_stays_inside(FuzzedDataProvider input) {
        int linkType = LINK_TYPES[input.consumeInt(0, LINK_TYPES.length - 1)];
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
