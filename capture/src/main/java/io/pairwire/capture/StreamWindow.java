package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a stream in one reused piece of native memory: records are parsed where the channel put them, and only the
 * cut record at the end is moved to the front before the next read.
 *
 * <p>Reads only when asked for more than there is, so what a pipe has delivered is handed over before anybody waits for
 * more. The memory grows with the bytes that arrive, never with a length that a record claims.
 */
final class StreamWindow {
    /** Bytes read at first, when it is not known yet whether they have to be unpacked. */
    private static final int FIRST_READ = CompressedInput.LENGTH;

    private ReadableByteChannel channel;
    private @Nullable DecompressingChannel unpacked;
    private @Nullable CaptureFormat packing;
    private ByteBuffer buffer;
    private MemorySegment memory;
    private int at;
    private int end;
    private long base;
    private long bytesRead;
    private boolean ended;
    private int most = Integer.MAX_VALUE;

    // For a file that another thread reads ahead: who does, and whether memory is of such a stretch.
    private @Nullable ReadAhead ahead;
    private boolean inStretch;
    private boolean aheadBegun;
    private long packedBytes;

    // For a file that is mapped instead of read: how much at once, and what holds the mapping.
    private long mappedLength;
    private @Nullable Arena arena;

    private Runnable beforeReuse = () -> {};

    /**
     * @param channel in blocking mode
     * @param buffer direct, used whole whatever its position and limit
     */
    StreamWindow(ReadableByteChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.buffer = buffer.clear();
        memory = memory(buffer);
    }

    StreamWindow(ReadableByteChannel channel, int length) {
        this(channel, ByteBuffer.allocateDirect(length));
    }

    /**
     * A file seen in place, a stretch of it mapped at a time. The mapping before goes with the next: who reads from it then
     * gets an {@link IllegalStateException}. Used by one thread.
     *
     * @param mapped bytes mapped at once, from 1; more for a longer record
     */
    StreamWindow(FileChannel file, long mapped) {
        this(file, ByteBuffer.allocateDirect(0));
        mappedLength = mapped;
    }

    // A direct buffer seen as a segment has no arena that could be closed: the collector frees it, and any thread may
    // read it. Memory of a confined, shared or automatic arena was measured and is no faster.
    private static MemorySegment memory(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer);
    }

    ReadableByteChannel channel() {
        return channel;
    }

    /** The buffer in use, which is another one than at the beginning if a record did not fit. */
    ByteBuffer buffer() {
        return buffer;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Where in {@link #memory()} the next byte lies. */
    int at() {
        return at;
    }

    /** Bytes in memory from {@link #at} on. */
    int available() {
        return end - at;
    }

    /** Where {@link #at} is in the stream. */
    long position() {
        return base + at;
    }

    /** Bytes taken from the input, as they are there: packed if it is. */
    long bytesRead() {
        if (unpacked == null) return bytesRead;
        return aheadBegun ? packedBytes : unpacked.compressedBytes();
    }

    /** Unpacks what is available and what comes; it must begin at the start of the stream. Positions are plain ones then. */
    void unpack(Compression compression) throws IOException {
        byte[] head = new byte[available()];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, head, 0, head.length);
        unpacked = compression.decompress(new CompressedInput(channel, head));
        channel = unpacked;
        packing = compression.format();
        at = 0;
        end = 0;
        ended = false;
    }

    /** How the stream is compressed; null if it is not. */
    @Nullable
    CaptureFormat packing() {
        return packing;
    }

    /** Lets another thread read ahead, if there turns out to be more than one buffer of it. */
    void readAhead(ReadAhead reading) {
        ahead = reading;
    }

    /** Ends reading ahead, and forgets what is in memory; at the end of all reading the channel is closed before. */
    void stopReadingAhead() {
        if (!aheadBegun) return;
        Objects.requireNonNull(ahead).stop();
        base += at;
        at = 0;
        end = 0;
        memory = memory(buffer.clear());
        inStretch = false;
        ahead = null;
        aheadBegun = false;
    }

    /** Reads no more than that at once, unless more is asked for: for who jumps from place to place. */
    void readAtMost(int length) {
        most = length;
    }

    /** Has this run each time before bytes that {@link #at} has passed may change or go. */
    void beforeReuse(Runnable action) {
        beforeReuse = action;
    }

    /** Has the channel said that nothing more comes? */
    boolean ended() {
        return ended;
    }

    void skip(int length) {
        at += length;
    }

    /**
     * Reads until {@code length} bytes are available. Moves the bytes, so {@link #at} and {@link #memory} change.
     *
     * @return false if the stream ends before
     */
    boolean fill(int length) throws IOException {
        if (end - at >= length) return true;
        if (mappedLength > 0) return map(length);
        if (ahead != null && isReadAhead()) return fillAhead(length);
        while (end - at < length) {
            if (ended) return false;
            if (at > 0) moveToFront();
            if (end == buffer.capacity()) grow(length);
            int limit = bytesRead == 0 ? Math.min(buffer.capacity(), FIRST_READ) : buffer.capacity();
            if (limit - end > most) limit = Math.max(end + most, Math.min(limit, length));
            buffer.limit(limit).position(end);
            int read = channel.read(buffer);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
                bytesRead += read;
            }
        }
        return true;
    }

    /**
     * As {@link #fill}, for who goes on byte by byte: leaves as much room again behind what was asked for, so that bytes
     * are not moved for every step.
     */
    boolean fillAmply(int length) throws IOException {
        if (!fill(length)) return false;
        if (mappedLength > 0 || aheadBegun) return true;
        if (buffer.capacity() < 2L * length) {
            moveToFront();
            replace(ByteBuffer.allocateDirect(2 * length));
        }
        return true;
    }

    /** Is another thread reading, or is this the moment to begin? */
    private boolean isReadAhead() {
        if (aheadBegun) return true;
        if (ahead == null || ended || position() + available() < ReadAhead.LENGTH) return false;
        ahead.start(channel);
        aheadBegun = true;
        return true;
    }

    /** Goes on to the next stretch that was read ahead; what is left of this one is put before it. */
    private boolean fillAhead(int length) throws IOException {
        ReadAhead reading = Objects.requireNonNull(ahead);
        while (end - at < length) {
            if (ended) return false;
            beforeReuse.run();
            ReadAhead.Stretch next = reading.next();
            if (next == null) {
                ended = true;
                return false;
            }
            int fresh = next.end() - ReadAhead.HEADROOM;
            bytesRead += fresh;
            packedBytes = next.packedBytes();
            boolean had = inStretch;
            inStretch = end - at <= ReadAhead.HEADROOM;
            if (inStretch) goOnIn(next);
            else keep(next, fresh, had);
            int done = (had ? 1 : 0) + (inStretch ? 0 : 1);
            if (done > 0) reading.give(done);
        }
        return true;
    }

    private void goOnIn(ReadAhead.Stretch next) {
        int left = end - at;
        int start = ReadAhead.HEADROOM - left;
        MemorySegment.copy(memory, at, next.memory(), start, left);
        base += at - start;
        memory = next.memory();
        at = start;
        end = next.end();
    }

    /** A record longer than the headroom is put together in the buffer, from as many stretches as it takes. */
    private void keep(ReadAhead.Stretch next, int fresh, boolean elsewhere) {
        int left = end - at;
        long needed = (long) left + fresh;
        if (elsewhere || needed > buffer.capacity() - at) {
            if (needed > buffer.capacity()) {
                var larger = ByteBuffer.allocateDirect((int) Math.max(needed, Math.min(2 * needed, 1 << 29)));
                MemorySegment copy = memory(larger);
                MemorySegment.copy(memory, at, copy, 0, left);
                buffer = larger;
                memory = copy;
            } else {
                MemorySegment own = memory(buffer.clear());
                MemorySegment.copy(memory, at, own, 0, left);
                memory = own;
            }
            base += at;
            at = 0;
            end = left;
        }
        MemorySegment.copy(next.memory(), ReadAhead.HEADROOM, memory, end, fresh);
        end += fresh;
    }

    /** Maps the file from here on. */
    private boolean map(int length) throws IOException {
        var file = (FileChannel) channel;
        long position = position();
        long there = Math.max(0, file.size() - position);
        long wanted = Math.min(there, Math.max(length, mappedLength));
        unmap();
        var fresh = Arena.ofConfined();
        arena = fresh;
        memory = file.map(FileChannel.MapMode.READ_ONLY, position, wanted, fresh);
        base = position;
        at = 0;
        end = (int) wanted;
        bytesRead = Math.max(bytesRead, position + wanted);
        ended = there < length;
        return !ended;
    }

    /** Gives the mapping back, if there is one. */
    void unmap() {
        if (arena == null) return;
        beforeReuse.run();
        arena.close();
        arena = null;
        memory = MemorySegment.NULL;
    }

    /**
     * Skips bytes that need not be in memory together.
     *
     * @return how many were there
     */
    long skipFully(long length) throws IOException {
        long left = length;
        while (left > available()) {
            left -= available();
            skip(available());
            if (!fill(1)) return length - left;
        }
        skip((int) left);
        return length;
    }

    private void moveToFront() {
        beforeReuse.run();
        MemorySegment.copy(memory, at, memory, 0, end - at);
        base += at;
        end -= at;
        at = 0;
    }

    private void grow(int length) {
        int doubled = (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE);
        replace(ByteBuffer.allocateDirect(Math.min(doubled, Math.max(length, 64))));
    }

    private void replace(ByteBuffer larger) {
        MemorySegment copy = memory(larger);
        MemorySegment.copy(memory, 0, copy, 0, end);
        buffer = larger;
        memory = copy;
    }

    /** Goes elsewhere in the stream; backwards only if the channel is a {@link SeekableByteChannel}. */
    void seek(long position) throws IOException {
        if (position >= base && position <= base + end) {
            at = (int) (position - base);
            ended = false; // there may be more by now
            return;
        }
        beforeReuse.run();
        if (!(channel instanceof SeekableByteChannel seekable)) {
            long ahead = position - position();
            if (ahead < 0) throw new IllegalArgumentException("position lies behind: " + position);
            if (skipFully(ahead) < ahead) throw new IOException("is shorter than when it was read before");
            return;
        }
        stopReadingAhead();
        seekable.position(position);
        base = position;
        at = 0;
        end = 0;
        ended = false;
    }
}
