package io.pairwire.capture.index;

import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.Compression;
import io.pairwire.capture.Compressions;
import io.pairwire.capture.DecompressingChannel;
import io.pairwire.capture.RestartPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The plain bytes of a compressed capture with a position that can be set: unpacking begins at the last restart point before
 * it, or goes on from where it is. One thread uses it.
 */
final class RestartChannel implements SeekableByteChannel {
    private static final int SCRATCH = 64 << 10;

    private final CaptureIndex index;
    private final Compression compression;
    private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);
    private @Nullable DecompressingChannel unpacked;

    /** Where the next plain byte of {@link #unpacked} is. */
    private long at;

    private long wanted;
    private boolean open = true;

    RestartChannel(CaptureIndex index) throws IOException {
        this.index = index;
        compression = Compressions.of(index.packing());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!open) throw new ClosedChannelException();
        DecompressingChannel from = reach(wanted);
        int read = at < wanted ? -1 : from.read(target);
        if (read > 0) {
            at += read;
            wanted = at;
        }
        return read;
    }

    /** Unpacks up to a place, or to the end if that is before. */
    private DecompressingChannel reach(long position) throws IOException {
        RestartTable restarts = index.restarts();
        int point = restarts.before(position);
        DecompressingChannel now = unpacked;
        if (now == null || position < at || restarts.plainAt(point) > at) {
            if (now != null) now.close();
            now = begin(restarts.point(point));
            unpacked = now;
        }
        while (at < position) {
            scratch.clear().limit((int) Math.min(SCRATCH, position - at));
            int read = now.read(scratch);
            if (read < 0) break;
            at += read;
        }
        return now;
    }

    private DecompressingChannel begin(RestartPoint point) throws IOException {
        var file = FileChannel.open(index.capture(), StandardOpenOption.READ);
        try {
            file.position(point.packedAt());
            at = point.plainAt();
            return compression.resume(new CompressedInput(file), point);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public long position() {
        return wanted;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) throw new IllegalArgumentException("position is negative: " + newPosition);
        wanted = newPosition;
        return this;
    }

    /** As far as the index knows. */
    @Override
    public long size() {
        return index.header().plainLength();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        if (unpacked != null) unpacked.close();
    }
}
