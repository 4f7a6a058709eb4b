package io.pairwire.capture.index;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Whatever an index says, looking into it ends, with an answer or with the reason why there is none. */
class CaptureIndexFuzzTest {

    private static final int DIRECTORY_AT = 80;
    private static final int PACKETS = 20;
    private static final Path CAPTURE = capture();
    private static final byte[] INDEX = index();

    private static Path capture() {
        try {
            Path capture = Files.createTempDirectory("pairwire-fuzz").resolve("a.pcap");
            try (var writer = PcapWriter.create(capture, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
                for (int i = 0; i < PACKETS; i++) writer.write(i, new byte[] {(byte) i});
            }
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] index() {
        try {
            IndexBuilder.full(CAPTURE, (packet, into) -> into.set(packet.u8(0), 1, 2, 3, 6, FlowTuple.PORTS))
                    .build();
            return Files.readAllBytes(CaptureIndex.fileOf(CAPTURE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the input are written over an index; then checks are put right, so that what lies behind them is read. */
    @FuzzTest
    void any_bytes_are_an_index_or_refused(byte[] bytes) throws IOException {
        byte[] changed = INDEX.clone();
        for (int i = 1; i + 2 < bytes.length; i += 3) {
            int at = (bytes[i] & 0xff | (bytes[i + 1] & 0xff) << 8) % changed.length;
            changed[at] = bytes[i + 2];
        }
        boolean right = bytes.length > 0 && (bytes[0] & 1) != 0;
        if (right) putChecksRight(changed);
        Files.write(CaptureIndex.fileOf(CAPTURE), changed);
        look(right);
        walk(new FlowScan(bytes, Math.min(bytes.length, 40)));
    }

    private static void putChecksRight(byte[] index) {
        var view = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
        long at = view.getLong(DIRECTORY_AT);
        int length = view.getInt(DIRECTORY_AT + 8);
        if (at >= 0 && length >= 0 && at <= index.length && length <= index.length - at) {
            byte[] directory = Arrays.copyOfRange(index, (int) at, (int) at + length);
            view.putInt(DIRECTORY_AT + 12, IndexHeader.check(directory, length));
        }
        view.putInt(IndexHeader.LENGTH - 4, IndexHeader.check(index, IndexHeader.LENGTH - 4));
    }

    /** One with wrong checks costs no packets; one that lies with right checks may, but it ends. */
    private static void look(boolean lies) throws IOException {
        var found = CaptureIndex.find(CAPTURE);
        if (found.isEmpty()) return;
        var picks = found.get().picks(PacketQuery.ALL.withFlows((lower, upper, one, other, protocol, marks) -> true));
        long packets = 0;
        int runs = 0;
        while (picks.next()) {
            packets += picks.count();
            assertTrue(++runs <= INDEX.length, "as many runs as the index has bytes");
        }
        assertTrue(lies || packets == PACKETS, "all may match: " + packets);
    }

    private static void walk(FlowScan scan) {
        try {
            for (int i = 0; i < 1_000; i++) {
                scan.next((lower, upper, one, other, protocol, marks) -> true);
                while (scan.hasPacket()) scan.packet();
            }
        } catch (IndexOutOfBoundsException e) {
            assertTrue(true, "that is how it refuses what is no flow");
        }
    }
}
