package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Compression;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.WriteOptions;
import io.pairwire.capture.edit.OpenParts;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.capture.edit.PartNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** The files of the parts of a capture, which are opened again as often as it takes. */
final class PartFiles {
    private static final int PCAP_HEADER = 24;

    private final WriterOptions output;
    private final boolean reopens;
    private final CommandLine command;
    private final WriteOptions options;
    private final PartNames names;
    private final Map<Integer, Path> paths = new HashMap<>();

    /** @param reopens whether parts are opened again, so that their names have to be remembered */
    PartFiles(WriterOptions output, boolean reopens, CommandLine command) {
        this.output = output;
        this.reopens = reopens;
        this.command = command;
        options = output.options(command);
        names = new PartNames(output.file().orElseThrow());
    }

    OpenParts.Opener opener(FileSource source) {
        return (part, first, again) -> {
            Optional<Compression> packer = output.packer();
            FileChannel file = again ? append(Objects.requireNonNull(paths.get(part))) : create(part, first, source);
            WritableByteChannel packed = packer.isEmpty() ? file : packer.get().compress(file);
            // What comes behind is a section of its own in pcapng, and more records without another header in pcap.
            boolean headless = again && options.format() == CaptureFormat.PCAP;
            WritableByteChannel channel = headless ? new Headless(packed) : packed;
            PacketCopy.Opener writer = section ->
                    CaptureWriter.open(channel, section.map(options::about).orElse(options));
            return new PacketCopy(source, writer, UnaryOperator.identity(), output.snaplen());
        };
    }

    private FileChannel create(int part, Packet first, FileSource source) throws IOException {
        Path path = names.of(part, first.epochNanos());
        WriterOptions.refuseInputs(command, path, source);
        if (reopens) paths.put(part, path);
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static FileChannel append(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.APPEND);
    }

    /** Leaves out the file header. */
    private static final class Headless implements WritableByteChannel {
        private final WritableByteChannel channel;
        private int toLeaveOut = PCAP_HEADER;

        Headless(WritableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int left = Math.min(toLeaveOut, bytes.remaining());
            bytes.position(bytes.position() + left);
            toLeaveOut -= left;
            return left + channel.write(bytes);
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
}
