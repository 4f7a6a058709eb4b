package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.InspectorTotals;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.live.LiveGroup;
import io.pairwire.output.flows.PrintedFlows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sessions of what is captured, printed as they end. Each interface has its own, as each capture has in {@code flows}: what
 * passes by two of them is two sessions. One thread.
 */
final class LiveFlows implements PacketHandler, AutoCloseable {
    private static final long LOOK_NANOS = 100_000_000;
    private static final long LATE_NANOS = 1_000_000_000;

    private final PrintedFlows out;
    private final FlowListener listener;
    private final Inspector[] inspectors;
    private final LongSupplier epochNanos;
    private long lookedNanos;
    private boolean closed;

    /** @param epochNanos tells the time, nanoseconds since 1970, as packets are stamped */
    LiveFlows(
            LiveGroup group,
            Catalogue catalogue,
            SessionSettings settings,
            Wanted wanted,
            PrintedFlows out,
            LongSupplier epochNanos) {
        this.out = out;
        this.epochNanos = epochNanos;
        listener = new FlowListener(out, Optional.empty(), group::fileName);
        inspectors = new Inspector[group.sources().size()];
        var random = new SecureRandom();
        var numbers = new AtomicLong();
        for (int i = 0; i < inspectors.length; i++) {
            inspectors[i] = new Inspector(catalogue, settings, wanted, listener, random, numbers::incrementAndGet);
        }
    }

    @Override
    public void onPacket(Packet packet) {
        inspectors[packet.file()].offer(packet);
    }

    /** To be called every now and then: ends sessions that have run out although nothing comes, and hands over what was printed. */
    void look(long nanos) throws IOException {
        if (nanos - lookedNanos < LOOK_NANOS) return;
        lookedNanos = nanos;
        long now = epochNanos.getAsLong() - LATE_NANOS; // what lies in the ring is older than now
        try {
            for (Inspector inspector : inspectors) inspector.advance(now);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // of the listener
        }
        out.flush();
    }

    /** Ends all sessions and answers what was counted. */
    InspectorTotals finish() throws IOException {
        try {
            for (Inspector inspector : inspectors) inspector.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause(); // of the listener
        }
        InspectorTotals totals = InspectorTotals.of(inspectors[0]);
        for (int i = 1; i < inspectors.length; i++) totals = totals.plus(InspectorTotals.of(inspectors[i]));
        return totals;
    }

    /** Sessions printed. */
    long printed() {
        return listener.printed();
    }

    /** Hands over what was printed; does nothing a second time. */
    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        out.close();
    }
}
