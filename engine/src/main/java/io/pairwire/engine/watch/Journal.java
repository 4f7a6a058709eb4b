package io.pairwire.engine.watch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file to which states are appended, the last whole one of which counts.
 *
 * <pre>
 *  file     "pairwire journal 1\n", records…
 *  record   magic (4)  sequence (8)  chunks…  chunk of length 0  CRC-32C of all that (4)
 *  chunk    length (4), 0 to 65,536  its complement (4)  bytes…
 * </pre>
 *
 * <p>All numbers big endian. A record counts when its checksum is right; one that is cut at the end of the file is what a
 * crash leaves and no damage. When the file has become long it is replaced, at once, by one that holds the last record alone.
 * Readable by its owner only, since it tells the secrets of keys. Only one process may have it open. Not thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final byte[] HEADER = "pairwire journal 1\n".getBytes(StandardCharsets.US_ASCII);

    /** Longer than this, and much longer than its last record, it is begun anew. */
    private static final long LONG = 16 << 20;

    private static final int MANY_RECORDS = 8;

    private final Path path;
    private FileChannel channel;
    private FileLock lock;
    private final List<String> damages = new ArrayList<>();
    private boolean damaged;
    private long sequence;
    private long end;
    private long last = -1;
    private long lastLength;

    /** Writes one state. */
    @FunctionalInterface
    public interface Content {
        void write(DataOutput out) throws IOException;
    }

    private Journal(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens a journal, or begins one, and looks for its last whole record.
     *
     * @throws IOException if another process has it open, or if it is no journal; the message names the file
     */
    public static Journal open(Path path) throws IOException {
        FileChannel channel = openChannel(path);
        try {
            var journal = new Journal(path, channel, lock(path, channel));
            journal.read();
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openChannel(Path path) throws IOException {
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var permissions = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (channel.size() == 0 && permissions != null) {
                permissions.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
            return channel;
        } catch (IOException e) {
            throw new IOException("journal " + path + ": " + Reason.of(e), e);
        }
    }

    private static FileLock lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) throw new IOException("journal " + path + " is in use: another run watches with it");
        return lock;
    }

    private void read() throws IOException {
        long length = channel.size();
        if (length < HEADER.length) {
            byte[] begun = bytes((int) length);
            if (!Arrays.equals(begun, Arrays.copyOf(HEADER, begun.length))) throw noJournal();
            begin();
            return;
        }
        if (!Arrays.equals(bytes(HEADER.length), HEADER)) throw noJournal();
        long at = HEADER.length;
        end = at;
        while (at < length) {
            var record = JournalRecord.read(channel, at, length);
            if (record.isCut()) break; // what a crash leaves; nothing was promised of it
            if (record.isWhole()) {
                last = at;
                lastLength = record.length();
                sequence = record.sequence();
                end = at + record.length();
            } else {
                damages.add(
                        "journal " + path + ": damaged at byte " + (at + record.damagedAt()) + ": " + record.damage());
                if (record.length() == 0) break;
            }
            at += record.length();
        }
        damaged = !damages.isEmpty();
    }

    private IOException noJournal() {
        return new IOException(path + " is no journal of pairwire; name another with --journal, or move it away");
    }

    private byte[] bytes(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {}
        return buffer.array();
    }

    private void begin() throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(HEADER), 0);
        end = HEADER.length;
    }

    public Path path() {
        return path;
    }

    /** The number of the last whole record, from 1; 0 if there is none. */
    public long sequence() {
        return sequence;
    }

    /** What was wrong with it when it was opened, a sentence each. */
    public List<String> damages() {
        return List.copyOf(damages);
    }

    /** The last whole record; empty if there is none. */
    public Optional<DataInputStream> last() throws IOException {
        if (last < 0) return Optional.empty();
        return Optional.of(new DataInputStream(new BufferedInputStream(JournalRecord.content(channel, last), 1 << 16)));
    }

    /** Appends a state and has it reach the disk. */
    public void append(Content content) throws IOException {
        if (damaged) {
            Files.copy(
                    path, beside(".damaged"), StandardCopyOption.REPLACE_EXISTING); // for whoever wants to look at it
            replace(content);
            damaged = false;
        } else if (end > LONG && end > MANY_RECORDS * lastLength) replace(content);
        else append(content, channel, end);
    }

    private void append(Content content, FileChannel to, long at) throws IOException {
        try {
            to.truncate(at);
            to.position(at);
            var chunks = new JournalRecord.Chunks(to, sequence + 1);
            var out = new DataOutputStream(new BufferedOutputStream(chunks, JournalRecord.LONGEST_CHUNK));
            content.write(out);
            out.flush();
            chunks.finish();
            to.force(false);
        } catch (IOException e) {
            throw new IOException("journal " + path + ": " + Reason.of(e), e);
        }
        last = at;
        end = to.position();
        lastLength = end - at;
        sequence++;
    }

    private void replace(Content content) throws IOException {
        Path anew = beside(".new");
        Files.deleteIfExists(anew);
        FileChannel to = openChannel(anew);
        try {
            FileLock held = lock(anew, to);
            to.write(ByteBuffer.wrap(HEADER), 0);
            append(content, to, HEADER.length);
            Files.move(anew, path, StandardCopyOption.ATOMIC_MOVE);
            FileChannel before = channel;
            channel = to;
            lock.release();
            lock = held;
            before.close();
        } catch (IOException e) {
            to.close();
            throw e;
        }
    }

    /** Begins anew: what was in it is put aside, where the user finds it. */
    public Path setAside() throws IOException {
        Path aside = beside(".old");
        Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
        damages.clear();
        damaged = false;
        last = -1;
        lastLength = 0;
        begin();
        return aside;
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    @Override
    public void close() throws IOException {
        channel.close(); // and with it goes the lock
    }
}
