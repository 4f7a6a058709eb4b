package io.pairwire.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Standard output as a channel that counts what was taken exactly. Closing it leaves the descriptor open. */
public final class StandardOutput implements WritableByteChannel {
    /** What the JDK has to say about EPIPE: there is no class of exception for it. */
    private static final String CLOSED_PIPE = "Broken pipe";

    @SuppressWarnings("resource") // the process owns the descriptor
    private final FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();

    private boolean open = true;

    /** A channel to descriptor 1. */
    public StandardOutput() {}

    /**
     * Writes.
     *
     * @throws ClosedPipeException if nobody reads any more
     * @throws IOException if the disk is full and so on; names the destination
     */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The same failure with its destination and reason in words; a {@link ClosedPipeException} if nobody reads any more. */
    public static IOException failure(IOException e) {
        String message = "standard output: " + Reasons.of(e);
        return CLOSED_PIPE.equals(e.getMessage()) ? new ClosedPipeException(message, e) : new IOException(message, e);
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
