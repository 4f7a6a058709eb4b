package io.pairwire.cli;

import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.output.OutputFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a capture is written to: a file that comes into place when it is whole, or standard output. Closed without
 * {@link #commit}, it leaves the old file as it was, and what was written beside it.
 */
final class CaptureOutput implements AutoCloseable {
    private final Optional<OutputFile> file;
    private final WritableByteChannel channel;
    private Optional<PacketCopy> copy = Optional.empty();

    private CaptureOutput(Optional<OutputFile> file, WritableByteChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static CaptureOutput open(Optional<Path> path, Streams streams) throws IOException {
        if (path.isEmpty()) return new CaptureOutput(Optional.empty(), streams.results());
        OutputFile file = OutputFile.replace(path.get());
        return new CaptureOutput(Optional.of(file), file);
    }

    WritableByteChannel channel() {
        return channel;
    }

    /** Is somebody reading along? */
    boolean isStream() {
        return file.isEmpty();
    }

    /** Says who writes here, so that a failure finds what was gathered. */
    void writtenBy(PacketCopy copy) {
        this.copy = Optional.of(copy);
    }

    /** All is written: the file comes into place. */
    void commit() throws IOException {
        if (copy.isPresent()) copy.get().close();
    }

    @Override
    public void close() throws IOException {
        if (file.isEmpty() || !file.get().isOpen()) return;
        try {
            if (copy.isPresent()) copy.get().flush();
        } finally {
            file.get().abandon();
        }
    }
}
