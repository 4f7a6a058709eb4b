package io.pairwire.capture;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One input of a {@link FileSource} and how far it is: waiting, open with a packet at its head, put aside (closed, to be
 * opened again at the same packet), or done.
 */
final class Input {
    /** The turn of an input whose first time is not known: before all others. */
    static final long AT_ONCE = Long.MIN_VALUE;

    final int index;
    final String name;

    /** Bytes in it; 0 for a pipe. */
    final long length;

    private final @Nullable Path path;
    private final boolean regular;

    /** Time of the packet at the head, or of the first one while waiting. */
    private long turn;

    /** Has the packet at the head been handed over? */
    private boolean taken;

    private @Nullable Packet head;
    private @Nullable StreamWindow window;
    private @Nullable CaptureReader reader;
    private @Nullable CaptureDescription description;

    /** The reader of an input put aside: it knows the interfaces. */
    private @Nullable RecordReader aside;

    private boolean damaged;
    private long asideAt;
    private long asideNumber;
    private long counted;

    private Input(int index, String name, @Nullable Path path, boolean regular, long length, long turn) {
        this.index = index;
        this.name = name;
        this.path = path;
        this.regular = regular;
        this.length = length;
        this.turn = turn;
    }

    static Input standardInput(int index, String name) {
        return new Input(index, name, null, false, 0, AT_ONCE);
    }

    static Input pipe(int index, String name, Path path) {
        return new Input(index, name, path, false, 0, AT_ONCE);
    }

    /** A regular file whose first packet has that time; {@link #AT_ONCE} if it has none. */
    static Input file(int index, String name, Path path, long length, long firstNanos) {
        return new Input(index, name, path, true, length, firstNanos);
    }

    /** Is its turn before the other's? Input that came first on the command line goes first at the same nanosecond. */
    boolean isBefore(Input other) {
        return turn < other.turn || (turn == other.turn && index < other.index);
    }

    /** The last time at which it is this input's turn while the other waits. */
    long lastTurnBefore(Input other) {
        return index < other.index ? other.turn : other.turn - 1;
    }

    /** May reading from it, or opening it, take for ever? */
    boolean canWait() {
        return !regular;
    }

    boolean isTaken() {
        return taken;
    }

    /** Marks the packet at the head as handed over. */
    void take() {
        taken = true;
    }

    Packet head() {
        return Objects.requireNonNull(head);
    }

    CaptureReader reader() {
        return Objects.requireNonNull(reader);
    }

    /** Opens it, for the first time or where it was put aside; {@link #advance} then reads the packet at its head. */
    void open(ByteBuffer buffer, ReadOptions options, DamageListener listener) throws IOException {
        var opened = new StreamWindow(openChannel(), buffer);
        window = opened;
        RecordReader before = aside;
        aside = null;
        if (before != null) {
            reader = before;
            CaptureFormat.begin(opened);
            before.reattach(opened, asideAt, asideNumber);
            return;
        }
        reader = CaptureFormat.open(opened, options, listener);
        if (head == null) head = new Packet().from(index, 0);
    }

    private FileChannel openChannel() throws IOException {
        return path == null
                ? new FileInputStream(FileDescriptor.in).getChannel()
                : FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Reads the next packet; false at the end. */
    boolean advance() throws IOException {
        if (!reader().next(head())) return false;
        if (head().hasTime()) turn = head().epochNanos(); // otherwise it stays behind its neighbour
        taken = false;
        return true;
    }

    /** Packets handed over so far. */
    long delivered() {
        if (head == null) return 0;
        return taken ? head.number() : Math.max(head.number() - 1, 0);
    }

    /** Where reading stands, bytes; -1 if it never began. */
    long position() {
        return reader == null ? -1 : reader.position();
    }

    /** Bytes read since this was asked last. */
    long newBytes() {
        if (reader == null) return 0;
        // An input may be put aside and read again from where it was, or from its start: what was counted stays
        // counted.
        long now = Math.max(counted, reader.seekable() ? reader.position() : reader.bytesRead());
        long added = now - counted;
        counted = now;
        return added;
    }

    /** What it says about itself so far; empty before it was opened. */
    Optional<CaptureDescription> description() {
        return Optional.ofNullable(reader == null ? description : reader.description());
    }

    /** Keeps only the outline of what it says about itself. */
    void describeInBrief() {
        if (description != null) description = description.brief();
    }

    /** Notes a damage; true if it is the first. */
    boolean firstDamage() {
        boolean first = !damaged;
        damaged = true;
        return first;
    }

    boolean canBePutAside() {
        return regular;
    }

    /** Closes it for a while; the packet at its head, not yet taken, will be there again. */
    Optional<ByteBuffer> putAside() throws IOException {
        asideAt = reader().recordPosition();
        asideNumber = head().number();
        aside = (RecordReader) reader();
        return close();
    }

    /** Closes what is open, and gives back the buffer if there was one. */
    Optional<ByteBuffer> close() throws IOException {
        if (window == null) return Optional.empty();
        StreamWindow closed = window;
        if (reader != null) description = reader.description();
        window = null;
        reader = null;
        closed.channel().close();
        return Optional.of(closed.buffer());
    }
}
