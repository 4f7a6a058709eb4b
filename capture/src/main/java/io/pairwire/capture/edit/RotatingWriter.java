package io.pairwire.capture.edit;

import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Writes packets as they come to one file after the other, see {@link Rotation}. Not thread-safe.
 */
public final class RotatingWriter implements Closeable {
    /** How a file is opened and what is added at its end. */
    public interface Opener {
        /** Opens a file, or empties it if it is there. */
        CaptureWriter open(Path path) throws IOException;

        /** Called before a file is closed: for statistics at its end. */
        default void finish(CaptureWriter writer) throws IOException {}

        /** Takes away a file that was closed. */
        default void delete(Path path) throws IOException {
            Files.deleteIfExists(path);
        }

        /** Bytes of a file before its first packet. */
        long headerBytes();

        /** Bytes that a packet takes. */
        long recordBytes(int capturedLength);
    }

    private final Rotation rotation;
    private final RotationNames names;
    private final Opener opener;
    private final LongSupplier epochNanos;
    private final ArrayDeque<Path> kept = new ArrayDeque<>();
    private Optional<CaptureWriter> current = Optional.empty();
    private Path path = Path.of("");
    private long bytes;
    private long packetsHere;
    private long startNanos;
    private boolean timeIsOver;
    private boolean over;
    private volatile long files;
    private final AtomicLong packets = new AtomicLong();

    /** @param epochNanos tells the time, nanoseconds since 1970 */
    public RotatingWriter(Rotation rotation, RotationNames names, Opener opener, LongSupplier epochNanos)
            throws IOException {
        this.rotation = rotation;
        this.names = names;
        this.opener = opener;
        this.epochNanos = epochNanos;
        startNanos = epochNanos.getAsLong();
        begin();
    }

    private void begin() throws IOException {
        path = names.of(files + 1, startNanos);
        kept.remove(path); // written over
        current = Optional.of(opener.open(path));
        files++;
        kept.add(path);
        bytes = opener.headerBytes();
        packetsHere = 0;
        timeIsOver = false;
    }

    /** Writes a packet, to the next file if the time has come; nothing once {@link #isOver}. */
    public void write(Packet packet) throws IOException {
        if (isFull() && !next()) return;
        current.orElseThrow().write(packet);
        bytes += opener.recordBytes(packet.capturedLength());
        packetsHere++;
        packets.setOpaque(
                packets.getPlain() + 1); // one thread writes; a fence for each packet would be the dearest step
    }

    private boolean isFull() {
        return timeIsOver
                || rotation.bytes() > 0 && bytes >= rotation.bytes() && packetsHere > 0
                || rotation.packets() > 0 && packetsHere >= rotation.packets();
    }

    /** Looks at the clock; to be called every now and then, packets or not. */
    public void tick() throws IOException {
        if (rotation.nanos() == 0 || over) return;
        timeIsOver = epochNanos.getAsLong() - startNanos >= rotation.nanos();
        if (timeIsOver && isLast()) next();
    }

    private boolean isLast() {
        return rotation.files() > 0 && !rotation.ring() && files >= rotation.files();
    }

    /** Goes on in the next file; false if there is to be none. */
    private boolean next() throws IOException {
        if (over) return false;
        if (isLast()) {
            over = true;
            return false;
        }
        end();
        // The files of a clock begin at its strokes, however late the packet came that opened one.
        long now = epochNanos.getAsLong();
        long stroke = rotation.nanos();
        startNanos = timeIsOver ? startNanos + (now - startNanos) / stroke * stroke : now;
        begin();
        while (rotation.ring() && rotation.files() > 0 && kept.size() > rotation.files()) {
            opener.delete(kept.removeFirst());
        }
        return true;
    }

    private void end() throws IOException {
        try (CaptureWriter done = current.orElseThrow()) {
            current = Optional.empty();
            opener.finish(done);
        }
    }

    /** Are all files written that there may be? */
    public boolean isOver() {
        return over;
    }

    /** Makes what was written readable, as far as the file can; see {@link CaptureWriter#flush}. */
    public void flush() throws IOException {
        if (current.isPresent()) current.get().flush();
    }

    /** Files begun so far. */
    public long files() {
        return files;
    }

    /** Packets taken so far. */
    public long packets() {
        return packets.getOpaque();
    }

    /** The file that is written to, or was last. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) end();
    }
}
