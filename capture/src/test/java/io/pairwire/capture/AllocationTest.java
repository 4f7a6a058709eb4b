package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are larger than any buffer, so that reads and carried tails are part of what is measured. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 50_000;

    private static final int ROUNDS = 100;

    @TempDir
    Path folder;

    private String capture(String name, long firstNanos) throws IOException {
        Path file = folder.resolve(name);
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            byte[] frame = new byte[90];
            for (int i = 0; i < PACKETS; i++) writer.write(firstNanos + 2L * i, frame);
        }
        return file.toString();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static long allocated(Work work) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Was there a round without any? What allocates a packet allocates in each; the compiler takes as many rounds as it
     * likes, and the JVM itself allocates a little when it replaces running code.
     */
    private static boolean isZero(long bytes, int round) {
        if (round >= ROUNDS) assertEquals(0, bytes);
        return bytes == 0;
    }

    @Test
    void reading_allocates_nothing() throws IOException {
        Path file = Path.of(capture("a.pcap", 0));
        for (int round = 0; ; round++) {
            try (var reader = PcapReader.open(file)) {
                var packet = new Packet();
                reader.next(packet);
                long bytes = allocated(() -> {
                    for (int i = 1; i < PACKETS; i++) reader.next(packet);
                });
                if (isZero(bytes, round)) return;
            }
        }
    }

    @Test
    void reading_pcapng_allocates_nothing() throws IOException {
        Path file = folder.resolve("a.pcapng");
        try (var writer = CaptureWriter.create(file, WriteOptions.of(CaptureFormat.PCAPNG));
                var reader = PcapReader.open(Path.of(capture("a.pcap", 0)))) {
            var packet = new Packet();
            while (reader.next(packet)) writer.write(packet);
        }
        for (int round = 0; ; round++) {
            try (var reader = PcapngReader.open(file)) {
                var packet = new Packet();
                reader.next(packet);
                long bytes = allocated(() -> {
                    for (int i = 1; i < PACKETS; i++) reader.next(packet);
                });
                if (isZero(bytes, round)) return;
            }
        }
    }

    @Test
    void writing_pcapng_allocates_nothing() throws IOException {
        byte[] frame = new byte[90];
        var packet = new Packet()
                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, 1)
                .linkType(LinkType.ETHERNET);
        try (var writer = new PcapngWriter(
                Channels.newChannel(OutputStream.nullOutputStream()), WriteOptions.of(CaptureFormat.PCAPNG))) {
            writer.write(packet);
            for (int round = 0; ; round++) {
                writer.flush();
                long bytes = allocated(() -> {
                    for (int i = 0; i < 1_900; i++) writer.write(packet); // fits the buffer: the channel is not ours
                });
                if (isZero(bytes, round)) return;
            }
        }
    }

    @Test
    void polling_allocates_nothing_even_while_merging() throws IOException {
        var files = List.of(capture("a.pcap", 0), capture("b.pcap", 1));
        long[] sum = new long[1];
        PacketHandler handler = packet -> sum[0] += packet.capturedLength();
        for (int round = 0; ; round++) {
            try (var source = FileSource.open(files)) {
                source.poll(handler, PACKETS); // the thread that reads ahead has begun
                long bytes = allocated(() -> {
                    for (int i = 0; i < PACKETS / 100 - 1; i++) source.poll(handler, 100);
                });
                if (isZero(bytes, round)) return;
            }
        }
    }

    @Test
    void writing_allocates_nothing() throws IOException {
        byte[] frame = new byte[90];
        try (var writer = new PcapWriter(
                Channels.newChannel(OutputStream.nullOutputStream()), PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int round = 0; ; round++) {
                long bytes = allocated(() -> {
                    for (int i = 0; i < 2_000; i++) writer.write(i, frame); // fits the buffer: the channel is not ours
                });
                writer.flush();
                if (isZero(bytes, round)) return;
            }
        }
    }
}
