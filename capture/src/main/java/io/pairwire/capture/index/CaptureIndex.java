package io.pairwire.capture.index;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.PacketStretches;
import io.pairwire.capture.edit.PacketNumbers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An index that fits its capture. Immutable, and holds no file open; what it reads later is checked again.
 *
 * <p>It is kept in a file beside the capture, whose name ends with {@value #SUFFIX}. {@link #look} finds it; one whose capture
 * has changed is never given.
 */
public final class CaptureIndex {
    /** What is added to the name of the capture. */
    public static final String SUFFIX = ".pwx";

    private final Path capture;
    private final Path file;
    private final long length;
    private final IndexHeader header;
    private final List<IndexSegment> segments;
    private final PacketStretches stretches;
    private final RestartTable restarts;

    private CaptureIndex(
            Path capture,
            Path file,
            long length,
            IndexHeader header,
            List<IndexSegment> segments,
            PacketStretches stretches,
            RestartTable restarts) {
        this.capture = capture;
        this.file = file;
        this.length = length;
        this.header = header;
        this.segments = segments;
        this.stretches = stretches;
        this.restarts = restarts;
    }

    /** What there is beside a capture. */
    public sealed interface Lookup {
        /** An index that fits. */
        record Found(CaptureIndex index) implements Lookup {}

        /** No index. */
        record Absent() implements Lookup {}

        /** An index that must not be used, and why. */
        record Unusable(String reason) implements Lookup {}
    }

    /** Where the index of a capture is kept. */
    public static Path fileOf(Path capture) {
        return capture.resolveSibling(capture.getFileName() + SUFFIX);
    }

    /** Looks for the index of a capture and whether it fits. */
    public static Lookup look(Path capture) {
        if (!Files.isRegularFile(fileOf(capture))) return new Lookup.Absent();
        try {
            CaptureIndex index = of(capture);
            boolean fits = FileIdentity.of(capture).equals(index.header.capture());
            return fits ? new Lookup.Found(index) : new Lookup.Unusable("the capture has changed since it was made");
        } catch (MalformedCaptureException e) {
            return new Lookup.Unusable(e.getMessage() + ", at byte " + e.offset());
        } catch (IOException e) {
            return new Lookup.Unusable(String.valueOf(e.getMessage()));
        }
    }

    /** The index of a capture; empty if there is none that fits. */
    public static Optional<CaptureIndex> find(Path capture) {
        return look(capture) instanceof Lookup.Found(var index) ? Optional.of(index) : Optional.empty();
    }

    /** Reads the index that is there, whether it fits or not. */
    static CaptureIndex of(Path capture) throws IOException {
        Path file = fileOf(capture);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            var header = IndexHeader.decode(read(channel, 0, (int) Math.min(IndexHeader.LENGTH, length)));
            int directoryLength = header.directoryLength();
            if (directoryLength < 12 || header.directory() < 0 || directoryLength > length - header.directory()) {
                throw new MalformedCaptureException(80, "directory lies outside");
            }
            byte[] array = read(channel, header.directory(), directoryLength);
            if (IndexHeader.check(array, directoryLength) != header.directoryCheck()) {
                throw new MalformedCaptureException(header.directory(), "directory has another check than it states");
            }
            return decode(capture, file, length, header, ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    private static CaptureIndex decode(Path capture, Path file, long length, IndexHeader header, ByteBuffer directory)
            throws MalformedCaptureException {
        int segmentCount = directory.getInt();
        int stretchCount = directory.getInt();
        int restartCount = directory.getInt();
        long wanted = (long) segmentCount * IndexSegment.LENGTH
                + (long) stretchCount * IndexFile.STRETCH
                + (long) restartCount * IndexFile.RESTART;
        boolean negative = (segmentCount | stretchCount | restartCount) < 0;
        if (negative || wanted != directory.remaining()) throw lies(header);
        var segments = IntStream.range(0, segmentCount)
                .mapToObj(_ -> IndexSegment.decode(directory))
                .toList();
        if (!segments.stream().allMatch(segment -> segment.fits(length))) throw lies(header);
        long[] from = new long[stretchCount];
        long[] to = new long[stretchCount];
        for (int i = 0; i < stretchCount; i++) {
            from[i] = directory.getLong();
            to[i] = directory.getLong();
        }
        try {
            var stretches = new PacketStretches(from, to);
            var restarts = RestartTable.decode(directory, restartCount, file, length);
            return new CaptureIndex(capture, file, length, header, segments, stretches, restarts);
        } catch (IllegalArgumentException e) {
            throw (MalformedCaptureException) lies(header).initCause(e);
        }
    }

    private static MalformedCaptureException lies(IndexHeader header) {
        return new MalformedCaptureException(header.directory(), "directory contradicts itself");
    }

    static byte[] read(FileChannel channel, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) throw new EOFException("index is cut");
        }
        return bytes.array();
    }

    /** The capture. */
    public Path capture() {
        return capture;
    }

    /** Where the index is kept. */
    public Path file() {
        return file;
    }

    /** Bytes of the index. */
    public long length() {
        return length;
    }

    public IndexKind kind() {
        return header.has(IndexHeader.FULL) ? IndexKind.FULL : IndexKind.SPARSE;
    }

    /** Packets of the capture, up to its end or the damage that ends it. */
    public long packets() {
        return header.packets();
    }

    /** Time of the first packet, nanoseconds since 1970; means nothing if there is none. */
    public long firstNanos() {
        return header.firstNanos();
    }

    public long earliestNanos() {
        return header.earliest();
    }

    public long latestNanos() {
        return header.latest();
    }

    /** Do times never decrease, and do all packets have one? */
    public boolean isOrdered() {
        return header.has(IndexHeader.ORDERED) && header.has(IndexHeader.TIMED);
    }

    /** Do all packets have a time? */
    public boolean isTimed() {
        return header.has(IndexHeader.TIMED);
    }

    /** Are there damages that did not end the reading? Whoever passes over packets would not tell of them. */
    public boolean isFlawed() {
        return header.has(IndexHeader.FLAWED);
    }

    /** Did reading end at a damage? */
    public boolean isCut() {
        return header.has(IndexHeader.CUT);
    }

    /** Is the capture compressed? Then what lies far behind its beginning is found only through restart points. */
    public boolean isPacked() {
        return header.has(IndexHeader.PACKED);
    }

    /** Places in a compressed capture where unpacking can begin, its first byte included. */
    public int restartPoints() {
        return restarts.count();
    }

    /** Flows, those that were seen again after {@value FlowGathering#PACKETS} packets counted again. */
    public long flows() {
        return segments.stream().mapToLong(IndexSegment::flows).sum();
    }

    /**
     * The packets that have to be read to find what the query asks for. A sparse index does not look at flows. The order is
     * that of the file.
     */
    public PacketPicks picks(PacketQuery query) {
        return new IndexPicks(this, query);
    }

    /**
     * Splits the packets into ranges of about the same length, for work in parts. Each begins where a chunk does, so that the
     * {@link #picks} of a range are its packets and no others. Who reads one to its end is also told of the damage, if any,
     * that ends the capture.
     *
     * @param parts from 1; there may be fewer
     */
    public List<PacketNumbers> ranges(int parts) throws IOException {
        if (parts < 1) throw new IllegalArgumentException("parts is below 1: " + parts);
        var ranges = new ArrayList<PacketNumbers>();
        long first = 1;
        for (int i = 1; i <= parts && first <= packets(); i++) {
            long next = i == parts ? packets() + 1 : chunkStart(Math.max(1, (long) ((double) packets() / parts * i)));
            if (next <= first) continue;
            ranges.add(PacketNumbers.parse(first + "-" + (next - 1)));
            first = next;
        }
        return ranges;
    }

    /** The number of the first packet of the chunk that holds a packet. */
    private long chunkStart(long number) throws IOException {
        for (IndexSegment segment : segments) {
            if (number > segment.lastNumber()) continue;
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                var chunks = ByteBuffer.wrap(chunks(channel, segment)).order(ByteOrder.LITTLE_ENDIAN);
                long start = segment.firstNumber();
                for (int at = 0; at < chunks.limit(); at += IndexSegment.CHUNK) {
                    long first = chunks.getLong(at + Long.BYTES);
                    if (first > number) break;
                    start = first;
                }
                return start;
            }
        }
        return packets() + 1;
    }

    List<IndexSegment> segments() {
        return segments;
    }

    /** The chunks of a segment, as {@link IndexSegment} tells. */
    byte[] chunks(FileChannel channel, IndexSegment segment) throws IOException {
        byte[] chunks = read(channel, segment.at(), segment.chunks() * IndexSegment.CHUNK);
        if (IndexHeader.check(chunks, chunks.length) != segment.chunkCheck()) {
            throw damaged(segment, "chunks have another check than the directory states");
        }
        return chunks;
    }

    MalformedCaptureException damaged(IndexSegment segment, String what) {
        return new MalformedCaptureException(segment.at(), file + ": " + what + "; remove it or build it again");
    }

    PacketStretches stretches() {
        return stretches;
    }

    RestartTable restarts() {
        return restarts;
    }

    IndexHeader header() {
        return header;
    }

    /** The format of what the capture is packed in; only if {@link #isPacked}. */
    CaptureFormat packing() throws IOException {
        try (var channel = FileChannel.open(capture, StandardOpenOption.READ)) {
            return CaptureFormat.of(read(channel, 0, (int) Math.min(CaptureFormat.HEAD, channel.size())));
        }
    }
}
