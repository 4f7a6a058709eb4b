package io.pairwire.cli;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes everything and keeps nothing but how much it was. */
final class NullChannel implements WritableByteChannel {
    private long bytes;
    private boolean open = true;

    @Override
    public int write(ByteBuffer source) {
        int taken = source.remaining();
        source.position(source.limit());
        bytes += taken;
        return taken;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
