package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.CaptureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeRecordsFileTest {
    @TempDir
    private Path folder;

    /** In pieces of any length, also within headers. */
    @Test
    void packets_are_counted_however_the_bytes_come() throws IOException {
        Path pcap = Cli.gateway(folder, 50);
        Path pcapng = folder.resolve("x.pcapng");
        assertEquals(0, Cli.run("convert", pcap, "-w", pcapng).code());
        for (var format : new CaptureFormat[] {CaptureFormat.PCAP, CaptureFormat.PCAPNG}) {
            byte[] bytes = Files.readAllBytes(format == CaptureFormat.PCAP ? pcap : pcapng);
            for (int piece : new int[] {1, 7, 100, bytes.length}) {
                var packets = new LongAdder();
                Path copy = folder.resolve("copy");
                var channel = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                try (var file = new WholeRecordsFile(channel, copy, Optional.of(format), packets)) {
                    for (int at = 0; at < bytes.length; at += piece) {
                        file.write(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
                    }
                }
                assertEquals(100, packets.sum(), format + " in pieces of " + piece);
            }
        }
    }
}
