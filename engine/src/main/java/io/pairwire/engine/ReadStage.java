package io.pairwire.engine;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.memory.HandOver;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The first stage: reads, decodes, describes, and hands batches over. Runs in the reading thread. */
final class ReadStage implements PacketHandler {
    private static final int PACKETS_A_POLL = 4096;

    private final PacketSource source;
    private final Predicate<Packet> filter;
    private final PacketDecoder decoder;
    private final Matcher matcher;
    private final BatchPool pool;
    private final HandOver poolHandOver;
    private final MatchStage match;
    private final int shards;
    private final Layers layers = new Layers();
    private final long[] row = new long[Accounts.READER_COLUMNS];
    private final PacketBatch none = new PacketBatch(0, 1, false);
    private final PacketBatch spare = new PacketBatch(1, 1, false);
    private final BooleanSupplier takeBatch;
    private final Rests rests;
    private final BooleanSupplier abandoned;

    private PacketBatch batch;
    private long clock = Long.MIN_VALUE;
    private long passedOver;

    ReadStage(
            PacketSource source,
            Predicate<Packet> filter,
            PacketDecoder decoder,
            Matcher matcher,
            BatchPool pool,
            HandOver poolHandOver,
            MatchStage match,
            int shards,
            Rests rests,
            BooleanSupplier abandoned) {
        this.rests = rests;
        this.abandoned = abandoned;
        this.source = source;
        this.filter = filter;
        this.decoder = decoder;
        this.matcher = matcher;
        this.pool = pool;
        this.poolHandOver = poolHandOver;
        this.match = match;
        this.shards = shards;
        this.batch = none;
        this.takeBatch = this::takeBatch;
    }

    /** Reads until the source ends or {@code stopping} says so; then hands over what is left. */
    void run(BooleanSupplier stopping) throws IOException {
        try {
            while (!stopping.getAsBoolean()) {
                if (rests.areWanted()) rest(); // also before the first packet: what is there is then known
                int handed = source.poll(this, PACKETS_A_POLL);
                countPassedOver();
                if (handed == PacketSource.END) {
                    clock = Math.max(clock, source.passedOverUntilNanos());
                    break;
                }
                if (batch.length() > 0) handOver(); // nothing waits here while the source waits for input
            }
        } finally {
            if (batch.length() > 0) handOver();
            if (rests.isLastWanted()) rest();
        }
    }

    /** What an index left out is what the filter would have refused. */
    private void countPassedOver() {
        long more = source.passedOver() - passedOver;
        if (more == 0) return;
        passedOver += more;
        row[Accounts.READ] += more;
        row[Eligibility.FILTERED.ordinal()] += more;
    }

    /** Lets everything be matched and written, and what is wanted then be done. */
    private void rest() throws IOException {
        row[Accounts.CLOCK] = clock;
        boolean again = true;
        while (again) {
            var rest = rests.begin();
            again = match.offer(rest, row, abandoned) && rest.await(abandoned) && rests.done();
        }
    }

    /** Goes on where another left: its clock, and the packets that wait count as read. */
    void resume(long clock, long waiting) {
        this.clock = clock;
        row[Accounts.READ] += waiting;
    }

    void change(EngineSettings settings) {
        poolHandOver.policy(settings.policy());
    }

    /** The largest time read so far; only at rest or by the reading thread. */
    long clock() {
        return clock;
    }

    @Override
    public void onPacket(Packet packet) {
        row[Accounts.READ]++;
        long epochNanos = packet.epochNanos();
        if (epochNanos > clock) clock = epochNanos;
        if (!filter.test(packet)) {
            row[Eligibility.FILTERED.ordinal()]++;
            return;
        }
        decoder.decode(packet, layers);
        if (batch == none && !takeBatch() && !awaitBatch()) {
            // A packet that could not be matched anyway is counted as such, not as a loss.
            Eligibility eligibility = matcher.describe(packet, layers, spare);
            row[eligibility == Eligibility.ELIGIBLE ? Accounts.NO_DESCRIPTOR : eligibility.ordinal()]++;
            return;
        }
        Eligibility eligibility = matcher.describe(packet, layers, batch);
        if (eligibility != Eligibility.ELIGIBLE) {
            row[eligibility.ordinal()]++;
            return;
        }
        batch.append(epochNanos, clock, shards);
        if (batch.length() == batch.capacity()) handOver();
    }

    private boolean takeBatch() {
        batch = pool.take(none);
        return batch != none;
    }

    private boolean awaitBatch() {
        pool.countExhausted();
        return poolHandOver.offer(takeBatch) == HandOver.Result.TAKEN;
    }

    private void handOver() {
        row[Accounts.CLOCK] = clock;
        System.arraycopy(row, 0, batch.readerRow, 0, row.length);
        int length = batch.length();
        switch (match.offer(batch)) {
            case TAKEN -> batch = none;
            case REFUSED -> giveUp(Accounts.NO_ROOM, length);
            case CANCELLED -> giveUp(Accounts.STOPPED, length);
        }
    }

    private void giveUp(int column, int packets) {
        row[column] += packets;
        batch.clear();
    }

    /** The totals of this stage, once it has ended. */
    long[] row() {
        row[Accounts.CLOCK] = clock;
        return row;
    }
}
