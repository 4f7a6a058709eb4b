package io.pairwire.capture;

import java.io.Flushable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a classic pcap file, version 2.4.
 *
 * <p>Gathers {@value #BUFFER_LENGTH} bytes before it writes, the file header included; {@link #flush} writes what there
 * is. Hands over whole records, unless one is longer than that. After an {@link IOException} from {@code write} the file may end inside a record. Allocates nothing per packet. Not
 * thread-safe.
 */
public final class PcapWriter implements CaptureWriter {
    private static final int BUFFER_LENGTH = 256 << 10;

    /** Bytes from which on records are worth a call of their own. */
    private static final int LONG_RUN = 64 << 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = 0xffff_ffffL;

    private final WritableByteChannel channel;
    private final PcapFormat format;
    private final ByteBuffer buffer;
    private final MemorySegment memory;
    private long packets;

    /** Writes to a channel in blocking mode, which {@link #close} closes. */
    public PcapWriter(WritableByteChannel channel, PcapFormat format) {
        this.channel = channel;
        this.format = format;
        buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(format.order());
        memory = MemorySegment.ofBuffer(buffer);
        buffer.putInt(format.magic());
        buffer.putShort((short) PcapFormat.MAJOR);
        buffer.putShort((short) PcapFormat.MINOR);
        buffer.putInt(0); // offset of the time zone: always UTC
        buffer.putInt(0); // accuracy of the times: nobody fills it
        buffer.putInt(format.snaplen());
        buffer.putInt(format.linkType());
    }

    /** Creates the file, or empties it if it exists. */
    public static PcapWriter create(Path path, PcapFormat format) throws IOException {
        var channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new PcapWriter(channel, format);
    }

    /** Writes a packet that was captured whole. */
    public void write(long epochNanos, byte[] frame) throws IOException {
        write(epochNanos, frame.length, frame, 0, frame.length);
    }

    /**
     * Writes {@code length} bytes of a packet that had {@code originalLength} on the wire.
     *
     * @param epochNanos from 0 to the end of second 2^32 - 1; a format in microseconds drops what is below one
     * @throws IllegalArgumentException if the time does not fit, or {@code length} exceeds the snapshot length
     */
    public void write(long epochNanos, int originalLength, byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        String refusal = refusal(epochNanos, length);
        if (refusal != null) throw new IllegalArgumentException(refusal);
        writeHeader(epochNanos, length, originalLength);
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, room());
            MemorySegment.copy(bytes, from + done, memory, ValueLayout.JAVA_BYTE, buffer.position(), part);
            buffer.position(buffer.position() + part);
            done += part;
        }
    }

    /** The header has no room for what a file says about itself. */
    @Override
    public void describe(int file, CaptureDescription description) {}

    /**
     * Writes a packet as it is; time 0 if it has none.
     *
     * @throws UnsupportedCaptureException if its link type is not that of the file, its time does not fit, or it exceeds
     *     the snapshot length
     */
    @Override
    public void write(Packet packet) throws IOException {
        int length = packet.capturedLength();
        if (packet.linkType() != format.linkType()) {
            throw new UnsupportedCaptureException(
                    CaptureFormat.PCAP,
                    "pcap holds one link type, here " + LinkType.name(format.linkType()) + ", and packet "
                            + packet.number() + " has " + LinkType.name(packet.linkType()) + ": write pcapng");
        }
        String refusal = refusal(packet.epochNanos(), length);
        if (refusal != null) {
            throw new UnsupportedCaptureException(CaptureFormat.PCAP, refusal + ", packet " + packet.number());
        }
        writeHeader(packet.epochNanos(), length, packet.originalLength());
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, room());
            MemorySegment.copy(packet.memory(), packet.start() + done, memory, buffer.position(), part);
            buffer.position(buffer.position() + part);
            done += part;
        }
    }

    @Override
    public Optional<PcapFormat> records() {
        return Optional.of(format);
    }

    /** Long ones go from where they lie to the channel, without a copy here. */
    @Override
    public void writeRecords(MemorySegment records, long start, long length, long count) throws IOException {
        if (length > buffer.remaining()) empty();
        if (length < LONG_RUN) {
            MemorySegment.copy(records, start, memory, buffer.position(), length);
            buffer.position(buffer.position() + (int) length);
        } else {
            empty();
            ByteBuffer run = records.asSlice(start, length).asByteBuffer();
            while (run.hasRemaining()) channel.write(run);
        }
        packets += count;
    }

    /** Why such a packet cannot be written; null if it can. */
    private @Nullable String refusal(long epochNanos, int length) {
        if (epochNanos < 0 || epochNanos / NANOS_PER_SECOND > MAX_SECONDS)
            return "epochNanos does not fit a pcap file: " + epochNanos;
        if (length > format.snaplen()) return "length exceeds snaplen " + format.snaplen() + ": " + length;
        return null;
    }

    private void writeHeader(long epochNanos, int length, int originalLength) throws IOException {
        int whole = PcapFormat.RECORD_HEADER + length;
        if (buffer.remaining() < Math.min(whole, BUFFER_LENGTH)) empty();
        long seconds = epochNanos / NANOS_PER_SECOND;
        int nanos = (int) (epochNanos - seconds * NANOS_PER_SECOND);
        buffer.putInt((int) seconds);
        buffer.putInt(format.nanoseconds() ? nanos : nanos / 1_000);
        buffer.putInt(length);
        buffer.putInt(originalLength);
        packets++;
    }

    /** Bytes that fit into the buffer now, at least one. */
    private int room() throws IOException {
        if (!buffer.hasRemaining()) empty();
        return buffer.remaining();
    }

    @Override
    public void flush() throws IOException {
        empty();
        if (channel instanceof Flushable holding) holding.flush();
    }

    private void empty() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) channel.write(buffer);
        } finally {
            buffer.compact();
        }
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) empty();
        }
    }
}
