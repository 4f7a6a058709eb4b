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
    private static final int FEW = 16;

    /** Bytes read at once for few packets. */
    private static final int FEW_LENGTH = 8 << 10;

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

    /** Which packets have to be read; null for all. */
    private @Nullable PacketPicks picks;

    private PacketStretches stretches = PacketStretches.NONE;

    /** Packets to be read before the next run of the picks. */
    private long left;

    private boolean picked;
    private long nextNumber = 1;
    private long passedOver;

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

    /**
     * Opens it, for the first time or where it was put aside; {@link #advance} then reads the packet at its head.
     *
     * @param ahead reads the file in another thread, if it is read from front to back; null if no thread is to be had
     * @param beforeReuse run before bytes of packets that were handed over may change
     */
    void open(
            ByteBuffer buffer,
            ReadOptions options,
            DamageListener listener,
            @Nullable ReadAhead ahead,
            Runnable beforeReuse)
            throws IOException {
        PacketPicks shortcut = picks;
        var opened = new StreamWindow(shortcut == null ? openChannel() : shortcut.open(), buffer);
        if (ahead != null && shortcut == null && regular) opened.readAhead(ahead);
        opened.beforeReuse(beforeReuse);
        window = opened;
        RecordReader before = aside;
        aside = null;
        if (before != null) {
            reader = before;
            CaptureFormat.begin(opened);
            before.reattach(opened, asideAt, asideNumber);
            return;
        }
        var fresh = CaptureFormat.open(opened, options, listener);
        fresh.stretches(stretches);
        reader = fresh;
        if (head == null) head = new Packet().from(index, 0);
    }

    /** Reads only what is picked. To be said before it is opened. */
    void read(PacketPicks only) {
        picks = only;
        stretches = only.stretches();
    }

    /** Where a regular file is; empty for others. */
    Optional<Path> file() {
        return regular ? Optional.ofNullable(path) : Optional.empty();
    }

    private FileChannel openChannel() throws IOException {
        return path == null
                ? new FileInputStream(FileDescriptor.in).getChannel()
                : FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Reads the next packet; false at the end. */
    boolean advance() throws IOException {
        PacketPicks shortcut = picks;
        if (shortcut != null && !picked && left-- == 0) nextRun(shortcut);
        if (!reader().next(head())) return false;
        nextNumber++;
        if (head().hasTime()) turn = head().epochNanos(); // otherwise it stays behind its neighbour
        taken = false;
        return true;
    }

    private void nextRun(PacketPicks from) throws IOException {
        picked = !from.next();
        long position = picked ? from.endPosition() : from.position();
        long number = picked ? from.endNumber() : from.number();
        left = picked ? 0 : from.count() - 1;
        Objects.requireNonNull(window).readAtMost(left < FEW ? FEW_LENGTH : Integer.MAX_VALUE);
        passedOver += number - nextNumber;
        nextNumber = number;
        reader().seek(position, number);
    }

    /** Packets that were passed over since this was asked last, as nobody wants them. */
    long newlyPassedOver() {
        long passed = passedOver;
        passedOver = 0;
        return passed;
    }

    /** The latest time in it if packets may be passed over, otherwise {@link Long#MIN_VALUE}. */
    long latestPicked() {
        return picks == null ? Long.MIN_VALUE : picks.latestNanos();
    }

    /** Packets handed over so far, those passed over included; for an input whose head is taken, or has none. */
    long delivered() {
        if (picks != null) return nextNumber - 1;
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
        long read = reader.seekable() ? reader.position() : reader.bytesRead();
        if (picks != null && picks.plainLength() > 0) read = (long) ((double) read / picks.plainLength() * length);
        long now = Math.max(counted, read);
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
        nextNumber = asideNumber;
        if (picks != null && !picked) left++; // it is read again
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
        closed.stopReadingAhead();
        return Optional.of(closed.buffer());
    }
}
