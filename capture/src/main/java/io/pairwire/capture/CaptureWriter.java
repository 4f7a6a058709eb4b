package io.pairwire.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Writes packets to a capture file. What was written can be read up to the last whole record, wherever the writing ended.
 * Not thread-safe.
 */
public interface CaptureWriter extends Closeable, Flushable {

    /** Writes to a channel in blocking mode, which {@link #close} closes. */
    static CaptureWriter open(WritableByteChannel channel, WriteOptions options) {
        return options.format() == CaptureFormat.PCAP
                ? new FirstLinkTypeWriter(channel, options)
                : new PcapngWriter(channel, options);
    }

    /** Creates the file, or empties it if it exists. */
    static CaptureWriter create(Path path, WriteOptions options) throws IOException {
        return open(
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE),
                options);
    }

    /**
     * Says where packets come from, so that interfaces, names, secrets and statistics are carried over as far as the
     * format can hold them. May be called again when the description has grown: each thing is written once.
     *
     * @param file as {@link Packet#file()} of the packets
     */
    void describe(int file, CaptureDescription description) throws IOException;

    /**
     * Writes a packet as it is, with its options if the format can hold them. One without a time is written with time 0
     * where the format demands a time.
     *
     * @throws UnsupportedCaptureException if the format cannot hold the packet; nothing of it has been written
     */
    void write(Packet packet) throws IOException;

    /** The same with comments added to those the packet has; left out where the format knows none. */
    default void write(Packet packet, List<String> comments) throws IOException {
        write(packet);
    }

    /**
     * The file whose records {@link #writeRecords} takes; empty if there is none, or as long as nothing was written that
     * says what file it will be.
     */
    default Optional<PcapFormat> records() {
        return Optional.empty();
    }

    /**
     * Writes packets that lie one behind the other as records of {@link #records}, see {@link Packet#isRecordOf}.
     *
     * @param start where in the memory the header of the first begins
     * @param length bytes to the end of the last
     * @param packets how many they are
     * @throws IllegalStateException if this writer has no {@link #records}
     */
    default void writeRecords(MemorySegment memory, long start, long length, long packets) throws IOException {
        throw new IllegalStateException("takes no records");
    }

    /**
     * Hands all bytes to the channel, and has it make them readable if it holds back any, as one that compresses does. Does
     * not force them to the disk.
     */
    @Override
    void flush() throws IOException;

    /** Packets written so far. */
    long packets();
}
