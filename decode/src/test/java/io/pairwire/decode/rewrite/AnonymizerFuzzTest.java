package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Packets;
import io.pairwire.decode.rewrite.AnonymizerSettings.Macs;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;

class AnonymizerFuzzTest {

    @FuzzTest
    void never_throws_and_keeps_lengths(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.NULL,
            LinkType.RAW,
            LinkType.IPV4,
            LinkType.IPV6,
            LinkType.PPP,
            LinkType.IEEE802_11
        });
        var settings = new AnonymizerSettings(
                input.pickValue(Macs.values()),
                input.pickValue(Payload.values()),
                KeptNetwork.special(),
                input.consumeBoolean());
        int missing = input.consumeInt(-64, 2048);
        byte[] bytes = input.consumeRemainingAsBytes();
        Packet packet = Packets.packet(bytes.clone(), bytes.length + missing, linkType);
        var anonymizer = new Anonymizer(PrefixPreservationTest.SAMPLE, settings, MappingListener.NONE);

        Packet after = anonymizer.rewrite(packet);

        assertEquals(packet.originalLength(), after.originalLength());
        if (settings.payload() == Payload.CUT) assertTrue(after.capturedLength() <= bytes.length);
        else assertEquals(bytes.length, after.capturedLength());
        assertEquals(1, anonymizer.statistics().packets());
    }
}
