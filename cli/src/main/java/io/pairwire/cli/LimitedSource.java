package io.pairwire.cli;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.live.LiveGroup;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Live packets until there were so many, so much time has gone, or somebody says stop. One thread polls. */
final class LimitedSource implements PacketSource {
    private final LiveGroup group;
    private final long count;
    private final long durationNanos;
    private final BooleanSupplier stop;
    private final long startNanos = System.nanoTime();
    private long handed;
    private boolean stopped;

    /** @param durationNanos 0 for no end */
    LimitedSource(LiveGroup group, long count, long durationNanos, BooleanSupplier stop) {
        this.group = group;
        this.count = count;
        this.durationNanos = durationNanos == 0 ? Long.MAX_VALUE : durationNanos;
        this.stop = stop;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (handed >= count) return END;
        if (!stopped && (stop.getAsBoolean() || System.nanoTime() - startNanos >= durationNanos)) {
            stopped = true;
            group.stop(); // what has come so far is still handed over
        }
        int now = group.poll(handler, (int) Math.min(limit, count - handed));
        handed += Math.max(0, now);
        return now;
    }

    @Override
    public String fileName(int file) {
        return group.fileName(file);
    }

    @Override
    public SourceStatistics statistics() {
        return group.statistics();
    }

    @Override
    public void close() throws IOException {
        group.close();
    }
}
