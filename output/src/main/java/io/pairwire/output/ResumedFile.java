package io.pairwire.output;

import io.pairwire.engine.watch.CommittedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A regular file that results are added to, and cut back to what was committed if a run ended in between.
 *
 * <p>Exceptions name the file. One thread writes and commits.
 */
public final class ResumedFile implements WritableByteChannel, CommittedOutput {
    /** Bytes at the end that tell whether it is still the same file. */
    private static final int TAIL = 4096;

    private final Path path;
    private final FileChannel channel;
    private final long cutBack;

    private ResumedFile(Path path, FileChannel channel, long cutBack) {
        this.path = path;
        this.channel = channel;
        this.cutBack = cutBack;
    }

    /** Adds to the end of a file, which is made if it is not there. */
    public static ResumedFile append(Path path) throws IOException {
        FileChannel channel = open(path);
        channel.position(channel.size());
        return new ResumedFile(path, channel, 0);
    }

    /**
     * Goes on where a run was when it committed the file.
     *
     * @throws IOException if the file is not what was committed: shorter, or with another end
     */
    public static ResumedFile resume(Mark mark) throws IOException {
        Path path = Path.of(mark.file());
        FileChannel channel = open(path);
        try {
            long length = channel.size();
            if (length < mark.length()) {
                throw new IOException(
                        "has " + length + " bytes, and " + mark.length() + " were written when its journal was");
            }
            if (checksum(channel, mark.length(), mark.tailLength()) != mark.tailChecksum()) {
                throw new IOException("is not the file that its journal is about: byte "
                        + (mark.length() - mark.tailLength()) + " to " + mark.length() + " differ");
            }
            channel.truncate(mark.length());
            channel.position(mark.length());
            return new ResumedFile(path, channel, length - mark.length());
        } catch (IOException e) {
            channel.close();
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) throw new IOException("is no regular file");
            return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    private static int checksum(FileChannel channel, long end, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        long start = end - length;
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {}
        var crc = new CRC32C();
        crc.update(bytes.flip());
        return (int) crc.getValue();
    }

    /** Is there nothing in front of what will be written? */
    public boolean startsEmpty() throws IOException {
        return channel.position() == 0;
    }

    /** Bytes that had been written after the last commit and were taken away. */
    public long cutBack() {
        return cutBack;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    @Override
    public Mark commit() throws IOException {
        try {
            channel.force(false);
            long length = channel.position();
            int tail = (int) Math.min(TAIL, length);
            return new Mark(path.toAbsolutePath().toString(), length, tail, checksum(channel, length, tail));
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }
}
