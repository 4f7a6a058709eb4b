package io.pairwire.capture;

import java.io.Flushable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * pcapng blocks on their way to a channel, little endian. Only whole blocks are handed over, so that a file never ends
 * inside one unless the system cut it.
 */
final class BlockBuffer {
    private static final int LENGTH = 256 << 10;

    private static final int LONGEST_OPTION = 0xffff;
    private static final byte[] PADDING = new byte[3];

    private final WritableByteChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private MemorySegment memory = MemorySegment.ofBuffer(buffer);

    /** Where the block begins that is being written: behind the last whole one. */
    private int block;

    BlockBuffer(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Begins a block; {@code room} bytes of it are put without asking for more. One that was not ended is dropped. */
    void begin(int type, int room) throws IOException {
        buffer.position(block);
        need(Pcapng.BLOCK_HEADER + room);
        buffer.putInt(type);
        buffer.putInt(0);
    }

    /** Sees to it that so many bytes can be put. */
    void need(int room) throws IOException {
        if (buffer.remaining() >= room) return;
        handOver();
        if (buffer.remaining() >= room) return;
        int length = Math.max(buffer.position() + room, (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE));
        ByteBuffer larger = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        memory = MemorySegment.ofBuffer(larger); // before the put: it begins at the position
        larger.put(buffer.flip());
        buffer = larger;
    }

    void put16(int value) {
        buffer.putShort((short) value);
    }

    void put32(int value) {
        buffer.putInt(value);
    }

    void put64(long value) {
        buffer.putLong(value);
    }

    /** A time: the higher half first. */
    void putTime(long units) {
        buffer.putInt((int) (units >>> 32));
        buffer.putInt((int) units);
    }

    /** Bytes and their padding. */
    void put(MemorySegment from, long start, int length) throws IOException {
        need(length + PADDING.length);
        MemorySegment.copy(from, start, memory, buffer.position(), length);
        buffer.position(buffer.position() + length);
        pad(length);
    }

    /** Bytes and their padding. */
    void put(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        need(length + PADDING.length);
        buffer.put(bytes.duplicate());
        pad(length);
    }

    private void pad(int length) {
        buffer.put(PADDING, 0, Pcapng.padded(length) - length);
    }

    /** The header of an option whose value, padded, fits without asking for more. */
    void option(int code, int length) throws IOException {
        need(OptionCursor.HEADER + Pcapng.padded(length));
        put16(code);
        put16(length);
    }

    /** An option with a text; none if the text is empty. */
    void option(int code, String text) throws IOException {
        if (text.isEmpty()) return;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_OPTION)
            throw new IllegalArgumentException("text of an option is longer than 65535 bytes: " + bytes.length);
        option(code, bytes.length);
        buffer.put(bytes);
        pad(bytes.length);
    }

    /** An option with a number of 64 bits. */
    void option64(int code, long value) throws IOException {
        option(code, 8);
        put64(value);
    }

    /** An option with a number of 8 bits. */
    void option8(int code, int value) throws IOException {
        option(code, 1);
        put32(value & 0xff);
    }

    /** Options end here. */
    void endOptions() throws IOException {
        option(OptionCursor.END, 0);
    }

    /** Closes the block: it may now be handed over. */
    void end() throws IOException {
        need(4);
        int length = buffer.position() - block + 4;
        buffer.putInt(length);
        buffer.putInt(block + 4, length);
        block = buffer.position();
    }

    /** Hands all whole blocks to the channel. */
    void handOver() throws IOException {
        int end = buffer.position();
        buffer.position(0).limit(block);
        try {
            while (buffer.hasRemaining()) channel.write(buffer);
        } finally {
            int written = buffer.position();
            buffer.limit(end);
            buffer.compact();
            block -= written;
        }
    }

    /** Hands all whole blocks to the channel, and has it make them readable if it holds back any. */
    void flush() throws IOException {
        handOver();
        if (channel instanceof Flushable holding) holding.flush();
    }

    /** Hands over what there is and closes the channel. */
    void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) handOver();
        }
    }
}
