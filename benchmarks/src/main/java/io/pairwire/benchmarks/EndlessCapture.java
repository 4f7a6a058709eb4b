package io.pairwire.benchmarks;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A capture file whose records come again and again. */
final class EndlessCapture implements ReadableByteChannel {
    private static final int FILE_HEADER = 24;

    private final byte[] file;
    private int at;

    EndlessCapture(byte[] file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer to) {
        if (at == file.length) at = FILE_HEADER;
        int length = Math.min(to.remaining(), file.length - at);
        to.put(file, at, length);
        at += length;
        return length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
