package io.pairwire.engine.fate;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.InternalNetworks;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.RequestSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Reads the inputs of a run a second time and shows each packet with its fate. The source must give the same packets in
 * the same order as the first time; what came to it since is left out.
 */
public final class Review {
    private static final int BATCH = 1 << 12;
    private static final double LATE_PERCENT = 99.9;

    private final PacketSource source;
    private final Predicate<Packet> filter;
    private final PacketDecoder decoder;
    private final Matcher matcher;
    private final FateTable fates;
    private final ServerEndpoints servers;
    private final RequestSide requestSide;
    private final InternalNetworks internal;
    private final long packets;
    private final long expiryNanos;
    private final long usualNanos;
    private final CaptureSpan span;
    private final ReviewedPacket reviewed = new ReviewedPacket(this);
    private long seen;

    /**
     * @param filter and decoder as the engine had them
     * @param matcher as the engine's, but one of its own
     * @param fates what the engine noted
     * @param servers who answered
     * @param outcome how the run ended
     * @param span when its packets began and ended
     */
    public Review(
            PacketSource source,
            Predicate<Packet> filter,
            PacketDecoder decoder,
            Matcher matcher,
            FateTable fates,
            ServerEndpoints servers,
            EngineSettings settings,
            Outcome outcome,
            CaptureSpan span) {
        this.source = source;
        this.filter = filter;
        this.decoder = decoder;
        this.matcher = matcher;
        this.fates = fates;
        this.servers = servers;
        this.span = span;
        requestSide = settings.requestSide();
        internal = new InternalNetworks(settings.internal());
        packets = outcome.statistics().ledger().read();
        var latencies = outcome.latencies();
        long known = latencies.count() - latencies.negative();
        expiryNanos = settings.expiry().toNanos();
        usualNanos = known > 0 ? latencies.percentile(LATE_PERCENT) : expiryNanos;
    }

    /** Shows all packets to all reviewers; ends early, and answers false, if {@code stopping} says so. */
    public boolean run(List<Reviewer> reviewers, BooleanSupplier stopping) throws IOException {
        Reviewer[] all = reviewers.toArray(Reviewer[]::new);
        try {
            while (seen < packets) {
                if (stopping.getAsBoolean()) return false;
                int limit = (int) Math.min(BATCH, packets - seen);
                if (source.poll(packet -> show(packet, all), limit) == PacketSource.END) break;
            }
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void show(Packet packet, Reviewer[] all) {
        seen++;
        reviewed.moveTo(packet, describe(packet), fates);
        try {
            for (Reviewer reviewer : all) reviewer.onPacket(reviewed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Eligibility describe(Packet packet) {
        decoder.decode(packet, reviewed.layers); // also what is filtered: an annotated copy has it
        if (!filter.test(packet)) return Eligibility.FILTERED;
        reviewed.batch.clear();
        return matcher.describe(packet, reviewed.layers, reviewed.batch);
    }

    String fileName(int file) {
        return source.fileName(file);
    }

    long expiryNanos() {
        return expiryNanos;
    }

    /** Is the earlier of two packets the request, whatever the side it comes from? */
    boolean earlierAsks(Layers layers) {
        return requestSide == RequestSide.EARLIER || isInside(layers, true) == isInside(layers, false);
    }

    boolean asks(Layers layers) {
        if (!earlierAsks(layers)) return requestSide == RequestSide.INTERNAL == isInside(layers, true);
        boolean ipv6 = layers.ipVersion() == 6;
        boolean toServer = servers.contains(
                ipv6 ? layers.destinationHigh() : 0, layers.destinationLow(), layers.destinationPort());
        boolean fromServer = servers.contains(ipv6 ? layers.sourceHigh() : 0, layers.sourceLow(), layers.sourcePort());
        if (toServer != fromServer) return toServer;
        return layers.destinationPort() <= layers.sourcePort();
    }

    boolean isInside(Layers layers, boolean source) {
        if (!layers.isIp()) return false;
        long low = source ? layers.sourceLow() : layers.destinationLow();
        if (layers.ipVersion() != 6) return internal.containsIpv4(low);
        return internal.containsIpv6(source ? layers.sourceHigh() : layers.destinationHigh(), low);
    }

    AloneReason reason(long epochNanos, boolean asks) {
        if (asks) return span.lastNanos() - epochNanos <= usualNanos ? AloneReason.CUT_AT_END : AloneReason.NO_ANSWER;
        return epochNanos - span.firstNanos() <= usualNanos ? AloneReason.CUT_AT_START : AloneReason.ANSWER_ONLY;
    }
}
