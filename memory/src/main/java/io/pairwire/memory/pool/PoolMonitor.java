package io.pairwire.memory.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells exporters about a pool, in intervals and when it fills up. It has no thread and no clock: somebody calls
 * {@link #tick} now and then, with the time. One thread at a time; registering may happen in an exporter.
 */
public final class PoolMonitor {
    private final PacketPool pool;
    private List<Registration> registrations = new ArrayList<>();

    private abstract static sealed class Registration {
        final PoolExporter exporter;

        Registration(PoolExporter exporter) {
            this.exporter = exporter;
        }

        abstract boolean isDue(long nanos, double utilisation);
    }

    private static final class Periodic extends Registration {
        private final long interval;
        private long last;
        private boolean started;

        Periodic(PoolExporter exporter, long interval) {
            super(exporter);
            this.interval = interval;
        }

        @Override
        boolean isDue(long nanos, double utilisation) {
            if (started && nanos - last < interval) return false;
            started = true;
            last = nanos;
            return true;
        }
    }

    private static final class Threshold extends Registration {
        private final double above;
        private final double below;
        private boolean over;

        Threshold(PoolExporter exporter, double above, double below) {
            super(exporter);
            this.above = above;
            this.below = below;
        }

        @Override
        boolean isDue(long nanos, double utilisation) {
            boolean rises = !over && utilisation >= above;
            over = rises || over && utilisation >= below;
            return rises;
        }
    }

    public PoolMonitor(PacketPool pool) {
        this.pool = pool;
    }

    /** From the first tick on, tells {@code exporter} whenever {@code interval} has passed. */
    public void every(Duration interval, PoolExporter exporter) {
        if (interval.compareTo(Duration.ZERO) <= 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("interval is not in 1 ns..1 day: " + interval);
        }
        add(new Periodic(exporter, interval.toNanos()));
    }

    /**
     * Tells {@code exporter} when {@link PoolStatistics#utilisation} reaches {@code above}, and again only after it fell
     * under {@code below}.
     *
     * @param above in 0..1
     * @param below in 0..{@code above}
     */
    public void whenAbove(double above, double below, PoolExporter exporter) {
        if (!(above >= 0 && above <= 1 && below >= 0 && below <= above)) {
            throw new IllegalArgumentException("not 0 <= below <= above <= 1: " + below + ", " + above);
        }
        add(new Threshold(exporter, above, below));
    }

    private void add(Registration registration) {
        var more = new ArrayList<>(registrations);
        more.add(registration);
        registrations = more;
    }

    /** Tells {@code exporter} no more; was it registered? */
    public boolean remove(PoolExporter exporter) {
        var fewer = new ArrayList<>(registrations);
        boolean found = fewer.removeIf(each -> each.exporter == exporter);
        registrations = fewer;
        return found;
    }

    /**
     * Tells everybody who is due. If one of them throws, the others are served first.
     *
     * @param nanos the time, from any fixed origin, such as {@link System#nanoTime}
     */
    public void tick(long nanos) {
        if (registrations.isEmpty()) return;
        PoolStatistics statistics = pool.statistics();
        double utilisation = statistics.utilisation();
        RuntimeException failed = null;
        for (Registration each : registrations) {
            if (each.isDue(nanos, utilisation)) failed = tell(each.exporter, statistics, failed);
        }
        if (failed != null) throw failed;
    }

    private static @Nullable RuntimeException tell(
            PoolExporter exporter, PoolStatistics statistics, @Nullable RuntimeException before) {
        try {
            exporter.export(statistics);
            return before;
        } catch (RuntimeException e) { // kept until the others are served
            if (before == null) return e;
            before.addSuppressed(e);
            return before;
        }
    }
}
