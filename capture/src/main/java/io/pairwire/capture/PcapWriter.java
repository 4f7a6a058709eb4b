package io.pairwire.capture;

import java.io.Closeable;
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

/**
 * Writes a classic pcap file, version 2.4.
 *
 * <p>Gathers {@value #BUFFER_LENGTH} bytes before it writes, the file header included; {@link #flush} writes what there
 * is. After an {@link IOException} from {@code write} the file may end inside a record. Allocates nothing per packet. Not
 * thread-safe.
 */
public final class PcapWriter implements Closeable {
    private static final int BUFFER_LENGTH = 256 << 10;
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
        writeHeader(epochNanos, length, originalLength);
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, room());
            MemorySegment.copy(bytes, from + done, memory, ValueLayout.JAVA_BYTE, buffer.position(), part);
            buffer.position(buffer.position() + part);
            done += part;
        }
    }

    /**
     * Writes a packet as it is; its link type is not looked at.
     *
     * @throws IllegalArgumentException if the time does not fit, or the packet exceeds the snapshot length
     */
    public void write(Packet packet) throws IOException {
        int length = packet.capturedLength();
        writeHeader(packet.epochNanos(), length, packet.originalLength());
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, room());
            MemorySegment.copy(packet.memory(), packet.start() + done, memory, buffer.position(), part);
            buffer.position(buffer.position() + part);
            done += part;
        }
    }

    private void writeHeader(long epochNanos, int length, int originalLength) throws IOException {
        long seconds = epochNanos / NANOS_PER_SECOND;
        if (epochNanos < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("epochNanos does not fit a pcap file: " + epochNanos);
        }
        if (length > format.snaplen()) {
            throw new IllegalArgumentException("length exceeds snaplen " + format.snaplen() + ": " + length);
        }
        if (buffer.remaining() < PcapFormat.RECORD_HEADER) empty();
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

    /**
     * Hands all bytes to the channel, and has it make them readable if it holds back any, as one that compresses does. Does
     * not force them to the disk.
     */
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

    /** Packets written so far. */
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
