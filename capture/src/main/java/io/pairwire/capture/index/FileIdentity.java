package io.pairwire.capture.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What tells one content of a file from another without reading all of it: its length, when it was changed last, and a
 * checksum over its first and last bytes and some between. Whoever changes bytes in the middle and sets the time back is not
 * noticed; a hash over the whole file would.
 *
 * @param length bytes
 * @param modifiedNanos nanoseconds since 1970, as exact as the file system tells
 * @param sample two checksums of 32 bits
 */
public record FileIdentity(long length, long modifiedNanos, long sample) {
    private static final int ENDS = 4 << 10;
    private static final int BETWEEN = 256;
    private static final int PLACES = 30;
    private static final long NANOS = 1_000_000_000L;

    /**
     * Looks at a file: some 30 short reads.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static FileIdentity of(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = attributes.size();
            return new FileIdentity(length, nanos(attributes.lastModifiedTime().toInstant()), sample(channel, length));
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    private static long sample(FileChannel channel, long length) throws IOException {
        var first = new CRC32();
        var second = new CRC32C();
        var buffer = ByteBuffer.allocate(ENDS);
        add(channel, 0, ENDS, buffer, first, second);
        long step = (length - 2 * ENDS) / (PLACES + 1);
        for (int i = 1; i <= PLACES && step > BETWEEN; i++) {
            add(channel, ENDS + i * step, BETWEEN, buffer, first, second);
        }
        add(channel, Math.max(0, length - ENDS), ENDS, buffer, first, second);
        return first.getValue() << 32 | second.getValue();
    }

    private static void add(FileChannel channel, long at, int length, ByteBuffer buffer, CRC32 first, CRC32C second)
            throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
        buffer.flip();
        first.update(buffer.duplicate());
        second.update(buffer);
    }
}
