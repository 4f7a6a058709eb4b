package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
    @TempDir
    Path folder;

    private record Expected(long time, int input) {}

    @Test
    void the_order_is_by_time_and_then_by_input() throws IOException {
        var random = new Random(7);
        var expected = new ArrayList<Expected>();
        var args = new ArrayList<Object>(List.of("merge", "-o", folder.resolve("all.pcap")));
        for (int input = 0; input < 12; input++) {
            long[] times = random.longs(random.nextInt(30), 0, 50).sorted().toArray();
            for (long time : times) expected.add(new Expected(time, input));
            args.add(CaptureFiles.pcap(folder.resolve("in" + input + ".pcap"), times));
        }
        expected.sort(Comparator.comparingLong(Expected::time).thenComparingInt(Expected::input));
        var run = Cli.run(args.toArray());
        assertEquals(0, run.code(), run.err());
        assertEquals(expected.stream().map(Expected::time).toList(), CaptureFiles.times(folder.resolve("all.pcap")));
    }

    @Test
    void formats_and_link_types_mix_and_comments_and_interfaces_stay() throws IOException {
        Path first = CaptureFiles.pcapng(folder.resolve("a.pcapng"), LinkType.LINUX_SLL, 0, 20);
        Path second = CaptureFiles.pcap(folder.resolve("b.pcap"), 10, 30);
        Path target = folder.resolve("all.pcapng");
        assertEquals(0, Cli.run("merge", "-o", target, first, second).code());
        var seen = CaptureFiles.read(target);
        assertEquals(List.of(0L, 10L, 20L, 30L), CaptureFiles.times(target));
        assertEquals(
                List.of(List.of("at 0"), List.of(), List.of("at 20"), List.of()),
                seen.stream().map(CaptureFiles.Seen::comments).toList());
        assertEquals(
                List.of(LinkType.LINUX_SLL, LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.ETHERNET),
                seen.stream().map(CaptureFiles.Seen::linkType).toList());
        var info = Cli.run("info", target);
        assertTrue(info.out().contains("tap113"), info.out());
    }
}
