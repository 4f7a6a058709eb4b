package io.pairwire.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Standard output as a channel that counts what was taken exactly. Closing it leaves the descriptor open. */
public final class StandardOutput implements WritableByteChannel {
    @SuppressWarnings("resource") // the process owns the descriptor
    private final FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();

    private boolean open = true;

    /** A channel to descriptor 1. */
    public StandardOutput() {}

    /** @throws IOException if nobody reads any more (a closed pipe), the disk is full and so on; names the destination */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw new IOException("standard output: " + Reasons.of(e), e);
        }
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
