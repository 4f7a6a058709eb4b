package io.pairwire.cli;

import io.pairwire.capture.BackgroundWriter;
import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Compression;
import io.pairwire.capture.InterfaceStatistics;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.PcapngWriter;
import io.pairwire.capture.WriteOptions;
import io.pairwire.capture.edit.RotatingWriter;
import io.pairwire.capture.edit.Rotation;
import io.pairwire.capture.edit.RotationNames;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSource;
import io.pairwire.live.LiveStatistics;
import io.pairwire.output.print.PrintedPackets;
import io.pairwire.output.print.summary.SummaryPrinter;
import io.pairwire.output.print.summary.SummaryStyle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Where captured packets go: to files, to lines on standard output, to both, or to neither. */
final class CaptureSink implements Closeable {
    /** What may wait for the disk: 256 MiB, or a sixteenth of what the JVM may have, but 8 MiB in any case. */
    private static final int BUFFERS =
            Math.clamp(Runtime.getRuntime().maxMemory() / 16 / BackgroundWriter.BUFFER, 8, 256);

    private static final long FLUSH_NANOS = 1_000_000_000;
    private static final int MICROSECONDS = 6;

    private final BackgroundWriter disk;
    private final Optional<Opener> opener;
    private final Optional<RotatingWriter> writer;
    private final Optional<PrintedPackets> printed;
    private final boolean flushesAtOnce;
    private long flushedNanos;
    private boolean abandoned;

    private CaptureSink(
            BackgroundWriter disk,
            Optional<Opener> opener,
            Optional<RotatingWriter> writer,
            Optional<PrintedPackets> printed,
            boolean flushesAtOnce,
            long now) {
        this.disk = disk;
        this.opener = opener;
        this.writer = writer;
        this.printed = printed;
        this.flushesAtOnce = flushesAtOnce;
        flushedNanos = now;
    }

    /** @param path where to write instead of the file asked for, for one of several that share the work */
    static CaptureSink open(
            LiveGroup group,
            CaptureFileOptions file,
            Optional<Path> path,
            LimitOptions limits,
            Optional<SummaryStyle> style,
            Streams streams)
            throws IOException {
        Optional<PrintedPackets> printed = style.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PrintedPackets(streams.results(), new SummaryPrinter(style.get(), _ -> MICROSECONDS)));
        var disk = new BackgroundWriter("pairwire-disk", BUFFERS);
        Optional<RotatingWriter> writer = Optional.empty();
        Optional<Opener> opener = Optional.empty();
        if (file.isGiven()) {
            opener = Optional.of(new Opener(group, file, disk, streams, false));
            writer = Optional.of(new RotatingWriter(
                    limits.rotation(), limits.names(path.orElse(file.file())), opener.get(), CaptureSink::epochNanos));
        }
        boolean flushesAtOnce = file.isGiven() && file.flushesAtOnce();
        return new CaptureSink(disk, opener, writer, printed, flushesAtOnce, System.nanoTime());
    }

    /** Writes nowhere what looks as it will in the file, in the same way: for {@link io.pairwire.live.Priming}. */
    static CaptureSink rehearsing(LiveGroup group, CaptureFileOptions file, Streams streams) throws IOException {
        var disk = new BackgroundWriter("pairwire-rehearsal", BUFFERS);
        if (!file.isGiven()) {
            return new CaptureSink(
                    disk, Optional.empty(), Optional.empty(), Optional.empty(), false, System.nanoTime());
        }
        var opener = new Opener(group, file, disk, streams, true);
        var writer = new RotatingWriter(
                Rotation.NONE, RotationNames.single(Path.of("rehearsal")), opener, CaptureSink::epochNanos);
        return new CaptureSink(
                disk, Optional.of(opener), Optional.of(writer), Optional.empty(), false, System.nanoTime());
    }

    static long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    void write(Packet packet) throws IOException {
        if (writer.isPresent()) writer.get().write(packet);
        if (printed.isPresent()) printed.get().print(packet);
    }

    /** The interfaces are quiet for a moment: whoever reads along gets what there is. */
    void idle(long nanos) throws IOException {
        if (printed.isPresent()) printed.get().flush();
        if (writer.isEmpty() || !flushesAtOnce && nanos - flushedNanos < FLUSH_NANOS) return;
        flushedNanos = nanos;
        writer.get().flush();
    }

    void tick() throws IOException {
        if (writer.isPresent()) writer.get().tick();
    }

    /** Are all files full that there may be? */
    boolean isOver() {
        return writer.isPresent() && writer.get().isOver();
    }

    /** Packets that lie in files; for packed ones and for standard output those that were handed over. */
    long written() {
        return opener.filter(Opener::counts)
                .map(counting -> counting.inFiles.sum())
                .orElseGet(() -> writer.map(RotatingWriter::packets).orElse(0L));
    }

    long files() {
        return writer.map(RotatingWriter::files).orElse(0L);
    }

    /** Standard output is closed: what was printed is not handed over any more. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void close() throws IOException {
        try {
            try {
                if (writer.isPresent()) writer.get().close();
            } finally {
                disk.close();
            }
        } finally {
            if (printed.isPresent() && !abandoned) printed.get().close();
        }
    }

    /** Makes the files. */
    private static final class Opener implements RotatingWriter.Opener {
        private final LiveGroup group;
        private final CaptureFileOptions file;
        private final BackgroundWriter disk;
        private final LongAdder inFiles = new LongAdder();
        private final Streams streams;
        private final WriteOptions options;
        private final Optional<Compression> packer;
        private final boolean pcapng;
        private final boolean rehearses;
        private final long startNanos = epochNanos();
        private final long headerBytes;

        Opener(LiveGroup group, CaptureFileOptions file, BackgroundWriter disk, Streams streams, boolean rehearses)
                throws IOException {
            this.rehearses = rehearses;
            this.group = group;
            this.disk = disk;
            this.file = file;
            this.streams = streams;
            int snaplen = group.sources().getFirst().settings().snaplen();
            options = file.options(snaplen);
            packer = rehearses ? Optional.empty() : file.packer(); // first: without it nothing is to be opened
            pcapng = options.format() == CaptureFormat.PCAPNG;
            var measure = new NullChannel();
            try (CaptureWriter header = writer(measure)) {
                header.flush();
                headerBytes = measure.bytes();
            }
        }

        @Override
        public CaptureWriter open(Path path) throws IOException {
            WritableByteChannel target = file.isStandardOutput() && !rehearses
                    ? streams.results()
                    : new WholeRecordsFile(
                            rehearses ? new NullChannel() : UncachedFile.create(path, disk::isHalfFull),
                            path,
                            packer.isEmpty() ? Optional.of(options.format()) : Optional.empty(),
                            inFiles);
            CaptureWriter writer = writer(disk.channel(
                    target, plain -> packer.isEmpty() ? plain : packer.get().compress(plain)));
            writer.flush(); // who reads along sees a capture at once
            return writer;
        }

        private CaptureWriter writer(WritableByteChannel channel) throws IOException {
            List<LiveSource> sources = group.sources();
            if (!pcapng) {
                int linkType = sources.getFirst().linkType();
                return new PcapWriter(
                        channel,
                        new PcapFormat(ByteOrder.LITTLE_ENDIAN, options.nanoseconds(), linkType, options.snaplen()));
            }
            var writer = new PcapngWriter(channel, options);
            for (int i = 0; i < sources.size(); i++) {
                var only = List.of(sources.get(i).captureInterface());
                writer.describe(
                        i,
                        new CaptureDescription(
                                CaptureFormat.PCAPNG, List.of(), only, List.of(), List.of(), List.of(), 0));
            }
            return writer;
        }

        /** Is it known how many packets lie in files? */
        boolean counts() {
            return packer.isEmpty() && !file.isStandardOutput();
        }

        @Override
        public void delete(Path path) throws IOException {
            disk.later(() -> Files.deleteIfExists(path)); // it may still be written to
        }

        @Override
        public void finish(CaptureWriter writer) throws IOException {
            if (!(writer instanceof PcapngWriter counted)) return;
            for (int i = 0; i < group.sources().size(); i++) {
                LiveStatistics now = group.sources().get(i).liveStatistics();
                long epochNanos = epochNanos();
                counted.statistics(new InterfaceStatistics(
                        i,
                        epochNanos,
                        startNanos,
                        epochNanos,
                        now.received(),
                        now.droppedInterface(),
                        now.received() - now.droppedKernel() - now.filtered(),
                        now.droppedKernel(),
                        now.delivered(),
                        List.of()));
            }
        }

        @Override
        public long headerBytes() {
            return headerBytes;
        }

        @Override
        public long recordBytes(int capturedLength) {
            return pcapng ? 32L + (capturedLength + 3 & ~3) : 16L + capturedLength;
        }
    }
}
