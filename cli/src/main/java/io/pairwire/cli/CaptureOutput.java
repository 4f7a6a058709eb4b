package io.pairwire.cli;

import io.pairwire.capture.Compression;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.output.OutputFile;
import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;

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

    static CaptureOutput open(WriterOptions output, Streams streams) throws IOException {
        Optional<Compression> packer = output.packer(); // first: without it nothing is to be opened
        if (output.file().isEmpty()) {
            var channel = streams.results();
            return new CaptureOutput(
                    Optional.empty(), packer.isEmpty() ? channel : packer.get().compress(channel));
        }
        OutputFile file = OutputFile.replace(output.file().get());
        try {
            return new CaptureOutput(
                    Optional.of(file),
                    packer.isEmpty() ? file : new PackedChannel(packer.get().compress(file)));
        } catch (IOException e) {
            file.abandon();
            throw e;
        }
    }

    WritableByteChannel channel() {
        return channel;
    }

    /** Says who writes here, so that a failure finds what was gathered. */
    void writtenBy(PacketCopy copy) {
        this.copy = Optional.of(copy);
    }

    /** The input waits: whoever reads along gets what there is, and a file does too unless that would spoil its packing. */
    void idle() throws IOException {
        if (file.isEmpty()) flush();
        else if (copy.isPresent() && !(channel instanceof Flushable)) copy.get().flush();
    }

    private void flush() throws IOException {
        if (copy.isPresent()) copy.get().flush();
        if (channel instanceof Flushable packed) packed.flush();
    }

    /** All is written: the file comes into place. */
    void commit() throws IOException {
        if (copy.isPresent()) copy.get().close();
    }

    /** Bytes of the capture before they were packed; empty if they were not, or went to standard output. */
    OptionalLong plainBytes() {
        return channel instanceof PackedChannel packed ? OptionalLong.of(packed.bytes()) : OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        if (file.isEmpty() || !file.get().isOpen()) return;
        try {
            flush();
        } finally {
            file.get().abandon();
        }
    }
}
