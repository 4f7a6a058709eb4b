package io.pairwire.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A pipe with a name, whose reader may leave when it has seen enough. */
public final class NamedPipe implements WritableByteChannel {
    /** What the JDK has to say about EPIPE: there is no class of exception for it. */
    private static final String CLOSED_PIPE = "Broken pipe";

    private final Path path;
    private final FileChannel channel;

    private NamedPipe(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens it for writing; waits until somebody reads. */
    public static NamedPipe open(Path path) throws IOException {
        return new NamedPipe(path, FileChannel.open(path, StandardOpenOption.WRITE));
    }

    /**
     * Writes.
     *
     * @throws ClosedPipeException if nobody reads any more
     */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            String message = path + ": " + Reasons.of(e);
            if (CLOSED_PIPE.equals(e.getMessage())) throw new ClosedPipeException(message, e);
            throw new IOException(message, e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
