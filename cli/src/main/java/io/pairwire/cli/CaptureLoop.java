package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.live.LiveGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Live packets up to the limits that the user set; each goes to the sink before it goes on. One thread polls. */
final class CaptureLoop implements PacketSource {
    private final LiveGroup group;
    private final CaptureSink sink;
    private final StopCopying signal;
    private final long count;
    private final long durationNanos;
    private final long startNanos = System.nanoTime();
    private final CaptureLine line;
    private final PacketHandler passing = this::pass;
    private PacketHandler next = _ -> {};
    private boolean stopped;
    private boolean ended;
    private long passed;

    CaptureLoop(LiveGroup group, CaptureSink sink, LimitOptions limits, StopCopying signal) {
        this(group, sink, limits.count(), limits.duration(), signal);
    }

    private CaptureLoop(LiveGroup group, CaptureSink sink, long count, Duration duration, StopCopying signal) {
        this.group = group;
        this.sink = sink;
        this.signal = signal;
        line = new CaptureLine(List.of(group), startNanos);
        this.count = count;
        durationNanos = duration.isZero() ? Long.MAX_VALUE : duration.toNanos();
    }

    /** Without limits: ends when the group does, or by a signal. */
    static CaptureLoop endless(LiveGroup group, CaptureSink sink, StopCopying signal) {
        return new CaptureLoop(group, sink, Long.MAX_VALUE, Duration.ZERO, signal);
    }

    LiveGroup group() {
        return group;
    }

    CaptureSink sink() {
        return sink;
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (ended) return END;
        stopInTime();
        next = handler;
        int handed;
        try {
            handed = group.poll(passing, (int) Math.min(limit, count - passed));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (handed >= 0 && handed < limit) sink.idle(System.nanoTime());
        sink.tick();
        ended = handed == END || passed >= count || sink.isOver();
        return handed == 0 && ended ? END : handed;
    }

    private void pass(Packet packet) {
        passed++;
        try {
            sink.write(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        next.onPacket(packet);
    }

    private void stopInTime() throws IOException {
        if (stopped || !signal.isAsked() && elapsedNanos() < durationNanos) return;
        stopped = true;
        group.stop();
    }

    /** Nothing more is to be written. */
    void abandon() {
        ended = true;
        sink.abandon();
    }

    /** One line about the present. */
    String line() {
        return line.text();
    }

    /** Tells that line when its time has come. */
    void tellEvery(Optional<Duration> interval, Streams streams) {
        line.tellEvery(interval, streams);
    }

    @Override
    public String fileName(int file) {
        return group.fileName(file);
    }

    @Override
    public SourceStatistics statistics() {
        return group.statistics();
    }

    /** Ends the files with what was counted, then the sources. */
    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            group.close();
        }
    }
}
