package io.pairwire.engine.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A growing file up to a limit that moves: its end is where the limit is, so that of several files being written just as
 * much is read as was there at one moment. Closing it leaves the file open, whose owner may want to try again.
 */
final class TailChannel implements SeekableByteChannel {
    private final FileChannel file;
    private long limit;

    TailChannel(FileChannel file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    FileChannel file() {
        return file;
    }

    long limit() {
        return limit;
    }

    void limit(long limit) {
        this.limit = limit;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        long left = limit - file.position();
        if (left <= 0) return -1;
        if (to.remaining() <= left) return file.read(to);
        int end = to.limit();
        to.limit(to.position() + (int) left);
        try {
            return file.read(to);
        } finally {
            to.limit(end);
        }
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() {
        return limit;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() {}
}
