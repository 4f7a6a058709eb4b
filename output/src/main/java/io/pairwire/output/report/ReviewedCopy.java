package io.pairwire.output.report;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Compression;
import io.pairwire.capture.Compressions;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.WriteOptions;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.engine.fate.ReviewedPacket;
import io.pairwire.engine.fate.Reviewer;
import io.pairwire.output.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A capture of packets that were chosen, with comments added, and everything else the inputs say about themselves. Packed
 * if the name of the file says so. It comes into place when it is {@link #commit}ted.
 */
public final class ReviewedCopy implements Reviewer, Closeable {
    private final OutputFile file;
    private final PacketCopy copy;
    private final Predicate<ReviewedPacket> chosen;
    private final Function<ReviewedPacket, List<String>> comments;

    /**
     * @param source where the packets come from
     * @param options of the capture that is written
     */
    public ReviewedCopy(
            Path path,
            FileSource source,
            WriteOptions options,
            Predicate<ReviewedPacket> chosen,
            Function<ReviewedPacket, List<String>> comments)
            throws IOException {
        this.chosen = chosen;
        this.comments = comments;
        Optional<CaptureFormat> packed = Compressions.ofFileName(path.toString());
        Optional<Compression> packer = packed.isEmpty()
                ? Optional.empty()
                : Optional.of(Compressions.of(packed.get())); // before opening anything
        file = OutputFile.replace(path);
        WritableByteChannel channel = packer.isEmpty() ? file : packed(packer.get(), file);
        copy = new PacketCopy(
                source,
                section ->
                        CaptureWriter.open(channel, section.map(options::about).orElse(options)),
                UnaryOperator.identity(),
                Integer.MAX_VALUE);
    }

    private static WritableByteChannel packed(Compression packer, OutputFile file) throws IOException {
        try {
            return packer.compress(file);
        } catch (IOException e) {
            file.abandon();
            throw e;
        }
    }

    /** The format that the name of a file asks for: pcapng for {@code .pcapng} and {@code .ntar}, packed or not, else pcap. */
    public static CaptureFormat format(Path path) {
        boolean pcapng = path.toString().matches("(?i).*\\.(pcapng|ntar)(\\.(gz|zst|lz4|xz))?");
        return pcapng ? CaptureFormat.PCAPNG : CaptureFormat.PCAP;
    }

    @Override
    public void onPacket(ReviewedPacket reviewed) throws IOException {
        if (chosen.test(reviewed)) copy.write(reviewed.packet(), comments.apply(reviewed));
    }

    /** Packets written. */
    public long packets() {
        return copy.packets();
    }

    /** All packets are there: the file comes into place. */
    public void commit() throws IOException {
        copy.finish();
        copy.close();
    }

    @Override
    public void close() throws IOException {
        if (file.isOpen()) file.abandon();
    }
}
