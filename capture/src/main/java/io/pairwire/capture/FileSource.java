package io.pairwire.capture;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Capture files, folders of them, pipes and standard input, read as one source in the order of time.
 *
 * <p>Each input keeps the order it has; inputs that overlap in time are merged by the time of the packet at the head of
 * each, at the same nanosecond in the order in which they were named. A file is opened when the merge reaches its first
 * packet and closed at its end. A pipe is opened at the start, as its first time is not known before, and the merge waits
 * for it: of several pipes the slowest sets the pace.
 *
 * <p>In a folder every regular file counts that is a capture by its content, at any depth; others are {@link #skipped}.
 * Indexes of files follow the order in which inputs were named, members of a folder sorted by path.
 *
 * <p>A thread that waits for a pipe in {@link #poll} is freed by {@link Thread#interrupt}, which ends the call with
 * {@link java.nio.channels.ClosedByInterruptException}; all that is left to do then is {@link #close}. Not so while a
 * named pipe has no writer yet: the system call that opens it cannot be interrupted.
 */
public final class FileSource implements PacketSource {
    /*
     * Inputs wait in one queue and are open in another, both ordered by the time at which it is their turn. The first
     * open input hands over packets in a tight loop until the second's, or the next waiting one's, turn has come; with
     * one file open that is a bare reader's loop.
     *
     * More inputs may overlap than can be open. Then the open one whose turn is farthest away is put aside: closed, its
     * place remembered, and sent back to the waiting. As the turns to come are known, no choice would reopen less often,
     * and the order of packets does not depend on the limit.
     */

    /** Files that are open at the same time at most, pipes not counted. */
    static final int OPEN_LIMIT = 256;

    /** Bytes that descriptions of files that are done may take together before those that follow are kept in brief. */
    static final long DESCRIPTIONS = 32 << 20;

    private static final VarHandle PACKETS = counter("packets", long.class);
    private static final VarHandle BYTES = counter("bytes", long.class);
    private static final VarHandle DONE = counter("done", int.class);

    private final ReadOptions options;
    private final List<String> names;
    private final Map<Integer, Input> inputs = new HashMap<>();
    private final int skipped;
    private final long totalBytes;
    private final int openLimit;
    private final PriorityQueue<Input> waiting = new PriorityQueue<>((a, b) -> a == b ? 0 : a.isBefore(b) ? -1 : 1);
    private final MergeHeap open = new MergeHeap();
    private final BufferShelf shelf = new BufferShelf();

    /** For the first of the open inputs, as long as it is open. */
    private final ReadAhead ahead = new ReadAhead();

    private @Nullable Input readAhead;
    private final List<SourceStatistics.Damage> damages = new ArrayList<>();
    private int damagedFiles;
    private long damageCount;
    private long skippedBytes;
    private long descriptionRoom = DESCRIPTIONS;
    private final BitSet finished = new BitSet();
    private boolean closed;
    private Runnable beforeReuse = () -> {};
    private long passedOver;
    private long passedOverUntilNanos = Long.MIN_VALUE;

    // Written by the polling thread once a poll, read by any.
    private long packets;
    private long bytes;
    private int done;

    private FileSource(InputList list, ReadOptions options, PickFinder finder, int openLimit) {
        this.options = options;
        names = List.copyOf(list.names);
        skipped = list.skipped;
        totalBytes = list.hasPipe ? 0 : list.totalBytes;
        this.openLimit = openLimit;
        waiting.addAll(list.inputs);
        list.inputs.forEach(input -> inputs.put(input.index, input));
        list.damages.forEach(damage -> add(damage, true));
        DONE.setRelease(this, list.damages.size());
        boolean alone = names.size() == 1;
        for (Input input : list.inputs) {
            input.file().flatMap(file -> finder.find(file, alone)).ifPresent(input::read);
        }
    }

    /**
     * Finds and looks at the inputs: files, folders, named pipes, {@code -} for standard input. A file that cannot be
     * read is not a failure here but a damage in the {@link #statistics}, as is one in a format that has no reader.
     *
     * @throws java.nio.file.NoSuchFileException if an input does not exist
     * @throws IOException if an input cannot be reached
     */
    public static FileSource open(List<String> inputs) throws IOException {
        return open(inputs, ReadOptions.DEFAULT);
    }

    /** As the other, with a say in how to read. */
    public static FileSource open(List<String> inputs, ReadOptions options) throws IOException {
        return open(inputs, options, PickFinder.NOTHING);
    }

    /**
     * As the others, without the packets that are known not to be wanted. Those count as read in the {@link #statistics}.
     *
     * @param finder asked about each regular file; not at all if reading goes on behind damages, as nobody knows then
     *     what lies there
     */
    public static FileSource open(List<String> inputs, ReadOptions options, PickFinder finder) throws IOException {
        return open(inputs, options, options.resync() ? PickFinder.NOTHING : finder, OPEN_LIMIT);
    }

    static FileSource open(List<String> inputs, ReadOptions options, int openLimit) throws IOException {
        return open(inputs, options, PickFinder.NOTHING, openLimit);
    }

    static FileSource open(List<String> inputs, ReadOptions options, PickFinder finder, int openLimit)
            throws IOException {
        if (inputs.isEmpty()) throw new IllegalArgumentException("no inputs");
        // Files are looked at without searching behind damages: that is for the reading itself.
        return new FileSource(new InputList(inputs, ReadOptions.DEFAULT), options, finder, openLimit);
    }

    private static VarHandle counter(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(FileSource.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        if (closed) throw new IllegalStateException("source is closed");
        int handed = 0;
        while (handed < limit) {
            if (!open.isEmpty() && open.first().isTaken()) {
                Input first = open.first();
                if (handed > 0 && first.canWait() && !first.reader().ready()) break;
                if (advance(first)) open.sinkFirst();
                else open.removeFirst();
            } else if (isDue(waiting.peek())) {
                if (handed > 0 && waiting.element().canWait()) break;
                openOne(waiting.remove());
            } else if (open.isEmpty()) {
                break;
            } else {
                handed += handOver(open.first(), handler, limit - handed);
            }
        }
        return handed == 0 && open.isEmpty() && waiting.isEmpty() ? END : handed;
    }

    /**
     * Has this run each time before the bytes of packets that were handed over may change, and before their memory is used
     * otherwise, {@link #close} included: until then they stay as they are, for who wants to come back to them. In the
     * thread that polls or closes; what is thrown comes out of that call.
     */
    public void beforeReuse(Runnable action) {
        Runnable others = beforeReuse;
        beforeReuse = () -> {
            others.run();
            action.run();
        };
    }

    private void bytesGo() {
        beforeReuse.run();
    }

    private boolean isDue(@Nullable Input next) {
        return next != null && (open.isEmpty() || next.isBefore(open.first()));
    }

    /** Hands over packets of the first open input as long as it is the first. */
    private int handOver(Input input, PacketHandler handler, int limit) throws IOException {
        long until = until(input);
        Packet packet = input.head();
        int handed = 0;
        try {
            do {
                input.take(); // before the call: a handler that throws does not see the packet twice
                handed++;
                handler.onPacket(packet);
                if (handed == limit || (input.canWait() && !input.reader().ready())) return handed;
                if (!advance(input)) {
                    open.removeFirst();
                    return handed;
                }
            } while (packet.epochNanos() <= until);
            open.sinkFirst();
            return handed;
        } finally {
            PACKETS.setRelease(this, packets + handed + newlyPassedOver(input));
            addBytes(input.newBytes());
        }
    }

    /** The last time at which it is still the turn of the first open input. */
    private long until(Input first) {
        Input second = open.second();
        Input next = waiting.peek();
        if (next != null && (second == null || next.isBefore(second))) second = next;
        return second == null ? Long.MAX_VALUE : first.lastTurnBefore(second);
    }

    private void openOne(Input input) throws IOException {
        if (open.count() >= openLimit) putOneAside();
        ByteBuffer buffer = shelf.take(open.count() + 1, input.canWait() ? Long.MAX_VALUE / 4 : input.length);
        boolean mayReadAhead = options.readAhead() && readAhead == null;
        if (mayReadAhead) readAhead = input;
        try {
            input.open(
                    buffer,
                    options,
                    (damage, packets, resumedAt) -> damaged(input, damage, packets, resumedAt),
                    mayReadAhead ? ahead : null,
                    this::bytesGo);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (MalformedCaptureException e) {
            finish(input, e.offset(), e);
            return;
        } catch (IOException e) {
            finish(input, -1, e);
            return;
        }
        if (advance(input)) open.add(input);
    }

    private void putOneAside() throws IOException {
        Input last = open.removeLast();
        if (last == null) return; // all are pipes
        bytesGo();
        last.putAside().ifPresent(shelf::give);
        if (last == readAhead) readAhead = null;
        waiting.add(last);
    }

    /** Reads the input's next packet; false if it is finished, by its end or by damage. */
    private boolean advance(Input input) throws IOException {
        try {
            if (input.advance()) return true;
            finish(input);
        } catch (ClosedChannelException e) {
            throw e; // the thread was interrupted: that is no fault of the input
        } catch (MalformedCaptureException e) {
            finish(input, e.offset(), e);
        } catch (IOException e) {
            finish(input, input.position(), e);
        }
        return false;
    }

    private void finish(Input input, long offset, IOException e) throws IOException {
        var kind = e instanceof MalformedCaptureException malformed ? malformed.kind() : DamageKind.OTHER;
        String reason = InputList.reason(e);
        if (options.resync() && offset >= 0) skipped(input.position() - offset); // searched to the end in vain
        add(new SourceStatistics.Damage(input.name, kind, offset, input.delivered(), reason), input.firstDamage());
        finish(input);
    }

    private void damaged(Input input, MalformedCaptureException e, long packets, long resumedAt) {
        var damage =
                new SourceStatistics.Damage(input.name, e.kind(), e.offset(), packets, resumedAt, InputList.reason(e));
        add(damage, input.firstDamage());
    }

    private void finish(Input input) throws IOException {
        PACKETS.setRelease(this, packets + newlyPassedOver(input));
        passedOverUntilNanos = Math.max(passedOverUntilNanos, input.latestPicked());
        addBytes(input.newBytes());
        finished.set(input.index);
        DONE.setRelease(this, done + 1);
        bytesGo();
        input.close().ifPresent(shelf::give);
        if (input == readAhead) readAhead = null;
        long weight = input.description().map(CaptureDescription::weight).orElse(0L);
        if (weight > descriptionRoom) input.describeInBrief();
        else descriptionRoom -= weight;
    }

    private long newlyPassedOver(Input input) {
        long more = input.newlyPassedOver();
        passedOver += more;
        return more;
    }

    private void skipped(long bytes) {
        synchronized (damages) {
            skippedBytes += Math.max(bytes, 0);
        }
    }

    private void add(SourceStatistics.Damage damage, boolean firstOfFile) {
        synchronized (damages) {
            damageCount++;
            skippedBytes += damage.skippedBytes();
            if (firstOfFile) damagedFiles++;
            if (damages.size() < SourceStatistics.DAMAGES) damages.add(damage);
        }
    }

    private void addBytes(long added) {
        BYTES.setRelease(this, bytes + added);
    }

    @Override
    public String fileName(int file) {
        return names.get(file);
    }

    /** Has the last packet of the file with that index been handed over? Only for the thread that polls. */
    public boolean isDone(int file) {
        return finished.get(file);
    }

    /** Files in folders that were left out because they are no captures. */
    public int skipped() {
        return skipped;
    }

    /** Damages of all inputs; the statistics list the first of them. */
    public long damageCount() {
        synchronized (damages) {
            return damageCount;
        }
    }

    /** Bytes that were passed over behind damages, those to the end included where no further record was found. */
    public long skippedBytes() {
        synchronized (damages) {
            return skippedBytes;
        }
    }

    /**
     * What the file with that index says about itself, as far as it has been read; empty before it was opened or if it
     * could not be. The same object until there is something new. Of files that are done no more than
     * {@value #DESCRIPTIONS} bytes are kept together; from then on names and blocks are left out. Only for the thread that polls.
     */
    public Optional<CaptureDescription> description(int file) {
        Input input = inputs.get(file);
        return input == null ? Optional.empty() : input.description();
    }

    @Override
    public long passedOver() {
        return passedOver;
    }

    @Override
    public long passedOverUntilNanos() {
        return passedOverUntilNanos;
    }

    @Override
    public SourceStatistics statistics() {
        int doneNow = (int) DONE.getAcquire(this); // first: what is done has its packets and bytes counted
        synchronized (damages) {
            return new SourceStatistics(
                    names.size(),
                    doneNow,
                    damagedFiles,
                    (long) PACKETS.getAcquire(this),
                    (long) BYTES.getAcquire(this),
                    totalBytes,
                    damages);
        }
    }

    /** Closes what is open; polling is over. May be called again. */
    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        bytesGo();
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.first().close();
            } catch (IOException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
            open.removeFirst();
        }
        if (failure != null) throw failure;
    }
}
