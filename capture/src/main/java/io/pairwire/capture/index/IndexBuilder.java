package io.pairwire.capture.index;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.Compressions;
import io.pairwire.capture.DecompressingChannel;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapReader;
import io.pairwire.capture.SourceStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture once and writes an index beside it. Memory does not grow with the capture. One builder for one capture; one
 * thread builds, any may ask for {@link #progress}.
 *
 * <p>The capture is indexed as far as it can be read: an index of a damaged one leads to the same damage.
 */
public final class IndexBuilder {
    private static final int PUBLISH = 1 << 10;

    private final Path capture;
    private final IndexKind kind;
    private final Optional<FlowReader> flowReader;
    private volatile long packets;
    private volatile long bytes;
    private volatile long length;

    private IndexBuilder(Path capture, IndexKind kind, Optional<FlowReader> flowReader) {
        this.capture = capture;
        this.kind = kind;
        this.flowReader = flowReader;
    }

    /** For an index by time and number. */
    public static IndexBuilder sparse(Path capture) {
        return new IndexBuilder(capture, IndexKind.SPARSE, Optional.empty());
    }

    /** For an index by flow as well. */
    public static IndexBuilder full(Path capture, FlowReader flows) {
        return new IndexBuilder(capture, IndexKind.FULL, Optional.of(flows));
    }

    /**
     * Builds the index, which replaces one that is there when it is finished.
     *
     * @throws io.pairwire.capture.UnsupportedCaptureException if the file is no capture
     * @throws MalformedCaptureException if not even the header of the file can be read
     * @throws IOException if the capture changes while it is read, or the index cannot be written
     */
    public CaptureIndex build() throws IOException {
        FileIdentity before = FileIdentity.of(capture);
        length = before.length();
        try (var file = FileChannel.open(capture, StandardOpenOption.READ);
                var target = new IndexFile(CaptureIndex.fileOf(capture), kind == IndexKind.FULL)) {
            IndexHeader header = read(file, before, target);
            if (!FileIdentity.of(capture).equals(before)) {
                throw new IOException(capture + ": was written to while its index was made");
            }
            target.commit(header);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return CaptureIndex.of(capture);
    }

    private IndexHeader read(FileChannel file, FileIdentity identity, IndexFile target) throws IOException {
        @Nullable DecompressingChannel unpacked = unpacked(file);
        ReadableByteChannel plain = unpacked == null ? file : unpacked;
        if (unpacked != null) unpacked.restarts(target::restart);
        try (CaptureReader reader = CaptureFormat.open(plain, PcapReader.BUFFER_LENGTH)) {
            var parts = new IndexParts(target, kind == IndexKind.FULL, identity.length());
            boolean cut = !readAll(reader, unpacked, parts);
            return parts.finish(
                    identity,
                    (reader.damages() > 0 ? IndexHeader.FLAWED : 0)
                            | (cut ? IndexHeader.CUT : 0)
                            | (unpacked == null ? 0 : IndexHeader.PACKED),
                    reader.position());
        }
    }

    private static @Nullable DecompressingChannel unpacked(FileChannel file) throws IOException {
        var head = ByteBuffer.allocate(CaptureFormat.HEAD);
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {}
        byte[] bytes = Arrays.copyOf(head.array(), head.position());
        CaptureFormat format = CaptureFormat.of(bytes);
        return Compressions.isCompression(format) ? Compressions.of(format).survey(new CompressedInput(file)) : null;
    }

    /** Reads all packets; false if a damage ended it. */
    private boolean readAll(CaptureReader reader, @Nullable DecompressingChannel unpacked, IndexParts parts)
            throws IOException {
        var packet = new Packet();
        var tuple = new FlowTuple();
        @Nullable FlowReader flows = flowReader.orElse(null);
        long end = reader.position();
        try {
            while (reader.next(packet)) {
                if (flows != null) flows.read(packet, tuple);
                long packed = unpacked == null ? 0 : unpacked.compressedBytes();
                parts.add(packet, end, reader.recordPosition(), reader.position(), packed, tuple);
                end = reader.position();
                if (packet.number() % PUBLISH == 0) publish(packet.number(), unpacked == null ? end : packed);
            }
        } catch (MalformedCaptureException damage) {
            return false; // told by whoever reads the capture
        }
        return true;
    }

    private void publish(long read, long position) {
        packets = read;
        bytes = position;
    }

    /** How far reading is; from any thread. */
    public SourceStatistics progress() {
        return new SourceStatistics(1, 0, 0, packets, bytes, length, List.of());
    }
}
