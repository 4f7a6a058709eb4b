package io.pairwire.capture.index;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever an index says, looking into it ends, with an answer or with the reason why there is none. */
class CaptureIndexFuzzTest {

    @FuzzTest
    void any_bytes_are_an_index_or_refused(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("pairwire-fuzz");
        Path capture = folder.resolve("a.pcap");
        Path file = CaptureIndex.fileOf(capture);
        try {
            try (var writer = PcapWriter.create(capture, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
                for (int i = 0; i < 20; i++) writer.write(i, new byte[] {(byte) i});
            }
            CaptureIndex whole = IndexBuilder.full(
                            capture, (packet, into) -> into.set(packet.u8(0), 1, 2, 3, 6, FlowTuple.PORTS))
                    .build();
            byte[] changed = Files.readAllBytes(file);
            // Bytes of the input are written over the index,.
            for (int i = 0; i + 2 < bytes.length; i += 3) {
                int at = (bytes[i] & 0xff | (bytes[i + 1] & 0xff) << 8) % changed.length;
                changed[at] = bytes[i + 2];
            }
            Files.write(file, changed);
            look(capture);
            var scan = new FlowScan(bytes, Math.min(bytes.length, 40));
            walk(scan);
            assertTrue(whole.packets() == 20);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(capture);
            Files.deleteIfExists(folder);
        }
    }

    private static void look(Path capture) throws IOException {
        var found = CaptureIndex.find(capture);
        if (found.isEmpty()) return;
        var picks = found.get().picks(PacketQuery.ALL.withFlows((lower, upper, one, other, protocol, marks) -> true));
        long packets = 0;
        while (picks.next()) packets += picks.count();
        assertTrue(packets == 20, "all may match: " + packets);
    }

    private static void walk(FlowScan scan) {
        try {
            for (int i = 0; i < 1_000; i++) {
                scan.next((lower, upper, one, other, protocol, marks) -> true);
                while (scan.hasPacket()) scan.packet();
            }
        } catch (IndexOutOfBoundsException e) {
            assertTrue(e.getMessage() != null, "it says what is wrong");
        }
    }
}
