package io.pairwire.engine.analyse;

import io.pairwire.capture.SourceStatistics;
import java.util.concurrent.atomic.LongAdder;

/** What an {@link Analyzer} did so far; from any thread. */
public final class AnalyzerMetrics {
    private final LongAdder captures = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    AnalyzerMetrics() {}

    void done(SourceStatistics read, long nanos) {
        captures.increment();
        if (read.damagedFiles() > 0) damaged.increment();
        packets.add(read.packets());
        bytes.add(read.bytes());
        busyNanos.add(nanos);
    }

    void hit() {
        cached.increment();
    }

    void misread() {
        unreadable.increment();
    }

    void fail() {
        failed.increment();
    }

    /** Captures read and answered for, damaged ones included. */
    public long captures() {
        return captures.sum();
    }

    /** Captures of which a part could not be read. */
    public long damaged() {
        return damaged.sum();
    }

    /** Captures whose answer was there already. */
    public long cached() {
        return cached.sum();
    }

    /** Answers that were kept and could not be understood; these captures were read again. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Analyses that ended without an answer, cancelled ones included. */
    public long failed() {
        return failed.sum();
    }

    /** Packets of the captures answered for. */
    public long packets() {
        return packets.sum();
    }

    /** Bytes of these files. */
    public long bytes() {
        return bytes.sum();
    }

    /** Time that workers spent on them, added up. */
    public long busyNanos() {
        return busyNanos.sum();
    }
}
