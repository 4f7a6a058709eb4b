package io.pairwire.capture.index;

import io.pairwire.capture.RestartPoint;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** An index while it is written: under another name until it is whole. */
final class IndexFile implements Closeable {
    static final int STRETCH = 16;

    /** Bytes of a restart point: its places, its bits, and where in the index its window lies and how long it is. */
    static final int RESTART = 32;

    /** Bytes of the capture from one restart point with a window to the next, in an index that is to be small or not. */
    private static final long FAR = 48 << 20;

    private static final long NEAR = 4 << 20;

    private final Path path;
    private final Path unfinished;
    private final FileChannel channel;
    private final List<IndexSegment> segments = new ArrayList<>();
    private final Varints stretches = new Varints();
    private final Varints flowBytes = new Varints();
    private final Varints postingBytes = new Varints();
    private final Varints restarts = new Varints();
    private final boolean full;
    private long at = IndexHeader.LENGTH;
    private long lastRestart = -1;
    private boolean committed;

    IndexFile(Path path, boolean full) throws IOException {
        this.path = path;
        this.full = full;
        unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    void stretch(long from, long to) {
        if (from == to) return;
        stretches.putFixed(from, 8);
        stretches.putFixed(to, 8);
    }

    int stretches() {
        return stretches.length() / STRETCH;
    }

    /** Keeps a place to begin at if the one before is far enough away for what it takes. */
    void restart(RestartPoint point) {
        long room = point.isFresh() ? IndexParts.CHUNK_LENGTH : full ? NEAR : FAR;
        if (lastRestart >= 0 && point.packedAt() - lastRestart < room) return;
        lastRestart = point.packedAt();
        byte[] window = point.window().length == 0 ? point.window() : deflated(point.window());
        restarts.putFixed(point.plainAt(), 8);
        restarts.putFixed(point.packedAt(), 8);
        restarts.putFixed(at, 8);
        restarts.putFixed(window.length, 4);
        restarts.putFixed(point.bits(), 4);
        try {
            write(ByteBuffer.wrap(window));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // through the decompressor; IndexBuilder takes it out again
        }
    }

    private static byte[] deflated(byte[] window) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(window);
            deflater.finish();
            var packed = new ByteArrayOutputStream(window.length);
            byte[] part = new byte[8 << 10];
            while (!deflater.finished()) packed.write(part, 0, deflater.deflate(part));
            return packed.toByteArray();
        }
    }

    void segment(
            long firstNumber,
            int packets,
            long firstPosition,
            long earliest,
            long latest,
            int chunks,
            Varints chunkBytes,
            FlowGathering flows)
            throws IOException {
        flowBytes.clear();
        postingBytes.clear();
        flows.encode(flowBytes, postingBytes);
        var flowSum = new CRC32C();
        flowSum.update(flowBytes.bytes(), 0, flowBytes.length());
        flowSum.update(postingBytes.bytes(), 0, postingBytes.length());
        segments.add(new IndexSegment(
                at,
                chunks,
                IndexHeader.check(chunkBytes.bytes(), chunkBytes.length()),
                flows.flows(),
                flowBytes.length(),
                postingBytes.length(),
                (int) flowSum.getValue(),
                firstNumber,
                packets,
                firstPosition,
                earliest,
                latest));
        write(chunkBytes);
        write(flowBytes);
        write(postingBytes);
    }

    private void write(Varints bytes) throws IOException {
        write(ByteBuffer.wrap(bytes.bytes(), 0, bytes.length()));
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) at += channel.write(bytes, at);
    }

    /** Writes the directory and the header, and gives the file its name. */
    void commit(IndexHeader header) throws IOException {
        int length = 12 + segments.size() * IndexSegment.LENGTH + stretches.length() + restarts.length();
        var directory = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        directory.putInt(segments.size()).putInt(stretches()).putInt(restarts.length() / RESTART);
        for (IndexSegment segment : segments) segment.encode(directory);
        directory.put(stretches.bytes(), 0, stretches.length());
        directory.put(restarts.bytes(), 0, restarts.length());
        long directoryAt = at;
        int check = IndexHeader.check(directory.array(), length);
        write(directory.flip());
        var whole = new IndexHeader(
                header.flags(),
                header.capture(),
                header.packets(),
                header.end(),
                header.firstNanos(),
                header.earliest(),
                header.latest(),
                directoryAt,
                length,
                check,
                header.plainLength());
        ByteBuffer first = whole.encode();
        while (first.hasRemaining()) channel.write(first, first.position());
        channel.force(true); // or a crash could leave a name without bytes
        channel.close();
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) Files.deleteIfExists(unfinished);
    }
}
