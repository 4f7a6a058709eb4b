package io.pairwire.capture.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ReadableByteChannel;

/** The same channel for a reader that closes it, although there is more to do with it afterwards. */
final class KeptOpen implements ReadableByteChannel, InterruptibleChannel {
    private final ReadableByteChannel channel;
    private boolean open = true;

    KeptOpen(ReadableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return channel.read(to);
    }

    @Override
    public boolean isOpen() {
        return open && channel.isOpen();
    }

    @Override
    public void close() {
        open = false;
    }
}
