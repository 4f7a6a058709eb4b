package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.output.Reasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A capture file that ends behind a whole record, even if the disk is full in the middle of one: of records in little endian, in pieces
 * that may begin and end anywhere.
 */
final class WholeRecordsFile implements WritableByteChannel {
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD = 16;
    private static final int PCAP_CAPTURED = 8;
    private static final int BLOCK_LENGTH = 4;
    private static final int ENHANCED_PACKET = 6;

    private final WritableByteChannel channel;
    private final Path path;
    private final Optional<CaptureFormat> format;
    private final LongAdder packets;
    private final ByteBuffer header = ByteBuffer.allocate(PCAP_RECORD).order(ByteOrder.LITTLE_ENDIAN);

    /** Bytes of the current record that are still to come; so that a record may lie in several pieces. */
    private long toCome;

    /** The end of the last record that was begun and taken whole. */
    private long wholeEnd;

    private long position;
    private boolean begun;
    private boolean isPacket;

    /**
     * @param channel a file; anything else is not cut back when writing fails
     * @param format of plain records; empty if they are packed, and nothing is known of them
     * @param packets counts those that lie in the file as a whole
     */
    WholeRecordsFile(WritableByteChannel channel, Path path, Optional<CaptureFormat> format, LongAdder packets) {
        this.channel = channel;
        this.path = path;
        this.format = format;
        this.packets = packets;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        try {
            int taken = channel.write(bytes);
            advance(bytes, start, taken);
            return taken;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void advance(ByteBuffer bytes, int start, int taken) {
        if (format.isEmpty()) return;
        ByteBuffer seen = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = start;
        int end = start + taken;
        while (at < end) {
            at = passWhole(seen, start, at, end);
            if (at == end) break;
            if (toCome > 0) {
                int part = (int) Math.min(toCome, end - at);
                toCome -= part;
                at += part;
            } else if (!header(seen.get(at++))) {
                continue;
            }
            if (toCome == 0 && header.position() == 0) {
                wholeEnd = position + (at - start);
                if (isPacket) packets.increment();
            }
        }
        position += taken;
    }

    /** Passes by the records that lie in a piece as a whole, as nearly all do; answers where the first that does not begins. */
    private int passWhole(ByteBuffer bytes, int start, int from, int end) {
        boolean pcap = format.orElseThrow() == CaptureFormat.PCAP;
        if (toCome > 0 || header.position() > 0 || pcap && !begun) return from;
        int shortest = pcap ? PCAP_RECORD : 2 * BLOCK_LENGTH;
        int at = from;
        int whole = 0;
        while (end - at >= shortest) {
            long length = pcap
                    ? PCAP_RECORD + Integer.toUnsignedLong(bytes.getInt(at + PCAP_CAPTURED))
                    : Integer.toUnsignedLong(bytes.getInt(at + BLOCK_LENGTH));
            if (length < shortest || end - at < length) break;
            if (pcap || bytes.getInt(at) == ENHANCED_PACKET) whole++;
            at += (int) length;
        }
        if (at > from) wholeEnd = position + (at - start);
        packets.add(whole);
        return at;
    }

    /** Takes a byte of a header; true when the record's length is known, and it may be over. */
    private boolean header(byte next) {
        header.put(next);
        boolean pcap = format.orElseThrow() == CaptureFormat.PCAP;
        if (pcap && !begun) {
            begun = true;
            toCome = PCAP_HEADER - 1;
            isPacket = false;
            header.clear();
            return true;
        }
        int needed = pcap ? PCAP_RECORD : 2 * BLOCK_LENGTH;
        if (header.position() < needed) return false;
        isPacket = pcap || header.getInt(0) == ENHANCED_PACKET;
        toCome = pcap
                ? Integer.toUnsignedLong(header.getInt(PCAP_CAPTURED))
                : Math.max(0, Integer.toUnsignedLong(header.getInt(BLOCK_LENGTH)) - needed);
        header.clear();
        return true;
    }

    private IOException failed(IOException cause) {
        var told = new IOException(path + ": " + Reasons.of(cause), cause);
        if (format.isEmpty()) return told;
        try {
            if (channel instanceof UncachedFile file) file.truncate(wholeEnd);
        } catch (IOException e) {
            told.addSuppressed(e);
        }
        return told;
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
