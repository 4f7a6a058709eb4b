package io.pairwire.engine.fate;

import static io.pairwire.engine.fate.FateRecord.WORDS;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.PairObserver;
import io.pairwire.engine.store.GivenUp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Notes what becomes of packets while an engine runs. Give it to an {@link io.pairwire.engine.ObservedSink},
 * {@link #givenUp} to each store and {@link #noting} around the matcher; {@link #table} has everything when the engine has
 * ended.
 *
 * <p>{@value #IN_MEMORY} fates are kept in memory, more of them sorted in temporary files. If these cannot be written the
 * engine goes on, and {@link #table} fails.
 */
public final class FateList implements PairObserver, AutoCloseable {
    /** Fates kept in memory, 24 bytes each. */
    public static final int IN_MEMORY = 1 << 18;

    private final Path folder;
    private final int inMemory;
    private final List<FateLog> logs = new ArrayList<>();
    private final FateLog pairs = newLog();
    private long[] gathered = new long[1 << 12];
    private int count;
    private long noted;
    private Optional<FateRuns> runs = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    /** @param folder where temporary files are made if need be */
    public FateList(Path folder) {
        this(folder, IN_MEMORY);
    }

    FateList(Path folder, int inMemory) {
        this.folder = folder;
        this.inMemory = inMemory;
    }

    /** A log for one thread at a time; to be made before the engine starts. */
    private FateLog newLog() {
        var log = new FateLog(this);
        logs.add(log);
        return log;
    }

    /** Somebody to be told of what one store gives up; each store needs its own. To be called before the engine starts. */
    public GivenUp givenUp() {
        FateLog log = newLog();
        return new GivenUp() {
            @Override
            public void expired(long reference, long epochNanos, long key) {
                log.add(Fate.EXPIRED, reference, epochNanos, key);
            }

            @Override
            public void evicted(long reference, long epochNanos, long key) {
                log.add(Fate.EVICTED, reference, epochNanos, key);
            }

            @Override
            public void unmatched(long reference, long epochNanos, long key) {
                log.add(Fate.UNMATCHED, reference, epochNanos, key);
            }
        };
    }

    /** The same matcher, with each retransmission noted. */
    public Matcher noting(Matcher matcher) {
        return new NotingMatcher(matcher, this::newLog);
    }

    @Override
    public void onPair(MatchedPair pair) {
        long request = FateRecord.position(pair.requestFileIndex(), pair.requestPacket());
        long response = FateRecord.position(pair.responseFileIndex(), pair.responsePacket());
        pairs.add(Fate.REQUEST, request, response, pair.latencyNanos());
        pairs.add(Fate.RESPONSE, response, request, pair.latencyNanos());
    }

    /** Takes what a log has gathered, from any thread. */
    synchronized void take(long[] records, int added) {
        if (failure.isPresent()) return;
        noted += added;
        int from = 0;
        while (from < added) {
            int taken = Math.min(added - from, room());
            System.arraycopy(records, from * WORDS, gathered, count * WORDS, taken * WORDS);
            count += taken;
            from += taken;
        }
    }

    private int room() {
        if (count == inMemory) spill();
        int capacity = gathered.length / WORDS;
        if (count == capacity) {
            gathered = Arrays.copyOf(gathered, Math.min(inMemory, capacity * 2) * WORDS);
            capacity = gathered.length / WORDS;
        }
        return Math.min(capacity, inMemory) - count;
    }

    private void spill() {
        try {
            if (runs.isEmpty()) runs = Optional.of(new FateRuns(folder));
            runs.get().add(sorted(), count);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        count = 0;
    }

    private long[] sorted() {
        return FateSort.sort(gathered, new long[gathered.length], count);
    }

    /** Fates noted so far. */
    public synchronized long noted() {
        return noted;
    }

    /**
     * Everything, in order; the engine has ended. To be called once.
     *
     * @throws IOException if a temporary file could not be written
     */
    public synchronized FateTable table() throws IOException {
        logs.forEach(FateLog::handOver);
        if (failure.isEmpty() && runs.isPresent()) spill();
        if (failure.isPresent()) {
            throw new IOException(folder + ": temporary file: " + failure.get().getMessage(), failure.get());
        }
        Arena arena = Arena.ofShared();
        try {
            if (runs.isPresent()) return new FateTable(arena, runs.get().merged(arena));
            long[] sorted = sorted();
            gathered = sorted;
            return new FateTable(arena, MemorySegment.ofArray(sorted).asSlice(0, (long) count * FateRecord.BYTES));
        } catch (IOException e) {
            arena.close();
            throw new IOException(folder + ": temporary file: " + e.getMessage(), e);
        }
    }

    /** Lets temporary files go; a table that was made of them stays. */
    @Override
    public synchronized void close() throws IOException {
        if (runs.isPresent()) runs.get().close();
    }
}
