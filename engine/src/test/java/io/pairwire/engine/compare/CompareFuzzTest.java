package io.pairwire.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.engine.dedup.DedupSettings;
import io.pairwire.engine.dedup.Deduplicator;
import io.pairwire.engine.dedup.Ignored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class CompareFuzzTest {
    private static final int[] LINK_TYPES = {LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.NULL};
    private static final int PACKETS = 24;

    /** Packets of B are of their own, or those of A with a few bytes changed. */
    private static List<RawPacket> packets(FuzzedDataProvider input, List<RawPacket> like) {
        var packets = new ArrayList<RawPacket>();
        int count = input.consumeInt(0, PACKETS);
        for (int i = 0; i < count; i++) {
            long time = input.consumeLong();
            int missing = input.consumeInt(0, 2000);
            if (!like.isEmpty() && input.consumeBoolean()) {
                RawPacket other = like.get(input.consumeInt(0, like.size() - 1));
                byte[] bytes = other.bytes().clone();
                for (int k = input.consumeInt(0, 3); k > 0 && bytes.length > 0; k--) {
                    bytes[input.consumeInt(0, bytes.length - 1)] = input.consumeByte();
                }
                packets.add(new RawPacket(other.linkType(), time, missing, bytes));
            } else {
                int linkType = LINK_TYPES[input.consumeInt(0, LINK_TYPES.length - 1)];
                packets.add(new RawPacket(linkType, time, missing, input.consumeBytes(120)));
            }
        }
        return packets;
    }

    @FuzzTest
    void every_packet_is_counted_once_and_the_mirror_shows_the_same(FuzzedDataProvider input) throws IOException {
        Profile profile = input.pickValue(Profile.values());
        var a = packets(input, List.of());
        var b = packets(input, a);
        CompareReport report = compare(profile, a, b);
        for (var side : List.of(report.a(), report.b())) {
            assertEquals(
                    side.packets(),
                    report.matched() + side.unpaired() + side.duplicates() + side.resegmented() + side.refragmented());
        }
        assertEquals(compare(profile, a, a).matched(), a.size());
        CompareReport mirror = compare(profile, b, a);
        assertEquals(report.a().packets(), mirror.b().packets());
        assertEquals(report.a().packets() + report.b().packets(), a.size() + b.size());
    }

    @FuzzTest
    void copies_are_found_without_throwing(FuzzedDataProvider input) throws IOException {
        var settings = new DedupSettings(
                input.consumeInt(1, 9),
                Optional.empty(), // a window of time takes 64 MB, too much for so many runs
                input.consumeBoolean() ? EnumSet.allOf(Ignored.class) : EnumSet.of(input.pickValue(Ignored.values())),
                Optional.of(Duration.ofNanos(5)));
        var dedup = new Deduplicator(settings, new Random(1));
        var packets = packets(input, packets(input, List.of()));
        Side.poll(new RawSource(packets), Watch.NONE, dedup::isCopy);
        assertEquals(packets.size(), dedup.statistics().packets());
    }

    private static CompareReport compare(Profile profile, List<RawPacket> a, List<RawPacket> b) throws IOException {
        var settings = CompareSettings.defaults(Path.of(System.getProperty("java.io.tmpdir")))
                .profile(profile);
        var comparer = new CaptureComparer(settings, new Random(1));
        try (var comparison = comparer.compare(() -> new RawSource(a), () -> new RawSource(b), Watch.NONE)) {
            return comparison.report();
        }
    }
}
