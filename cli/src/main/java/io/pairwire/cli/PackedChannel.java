package io.pairwire.cli;

import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Hands bytes to a compression and counts them before. */
final class PackedChannel implements WritableByteChannel, Flushable {
    private final WritableByteChannel packer;
    private long bytes;

    PackedChannel(WritableByteChannel packer) {
        this.packer = packer;
    }

    /** Bytes that were handed over, not compressed yet. */
    long bytes() {
        return bytes;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int taken = packer.write(from);
        bytes += taken;
        return taken;
    }

    @Override
    public void flush() throws IOException {
        if (packer instanceof Flushable holding) holding.flush();
    }

    @Override
    public boolean isOpen() {
        return packer.isOpen();
    }

    @Override
    public void close() throws IOException {
        packer.close();
    }
}
