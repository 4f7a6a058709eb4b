package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Pairing;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.RequestSide;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What belongs together. */
final class MatchingOptions {
    /** The kinds of matching. */
    enum Kind {
        /** Request and response with swapped addresses and equal payload. */
        PAIR
    }

    private static final EngineSettings DEFAULTS = EngineSettings.defaults();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "pair: swapped addresses, equal payload (default: pair).")
    private Kind kind = Kind.PAIR;

    @Option(
            names = "--pairing",
            paramLabel = "PAIRING",
            description = "Transport of the two packets: flip (one UDP, one TCP), same, or any (default: any).")
    private Pairing pairing = DEFAULTS.pairing();

    @Option(
            names = "--expiry",
            paramLabel = "TIME",
            description = "Longest time to a partner, by the time of capture: 30s, 500ms, 1m; a plain number is"
                    + " seconds (default: 30s).")
    private Duration expiry = DEFAULTS.expiry();

    @Option(
            names = "--internal",
            paramLabel = "NETWORK",
            split = ",",
            description = "Internal networks, for directions; repeatable (default: 192.168.0.0/16).")
    private List<Prefix> internal = DEFAULTS.internal();

    @Option(
            names = "--request-side",
            paramLabel = "SIDE",
            description = "Which packet is the request: earlier, or the one from the external or the internal side"
                    + " (default: earlier).")
    private RequestSide requestSide = DEFAULTS.requestSide();

    @Option(
            names = "--max-unmatched",
            paramLabel = "N",
            description = "Packets that may wait for their partner (default: what half of the heap holds, 10,000,000"
                    + " at most).")
    private long maxUnmatched = DEFAULTS.maxUnmatched();

    @Option(
            names = "--hash-bytes",
            paramLabel = "N",
            description = "Compare only the first N bytes of payloads and their length; 0 for all (default: 0).")
    private int hashBytes = DEFAULTS.hashBytes();

    MatchingOptions() {}

    /** Adds these options; a value out of range becomes wrong usage. */
    EngineSettings on(EngineSettings settings, Ranges ranges) {
        var s = switch (kind) {
            case PAIR ->
                settings.withPairing(pairing).withRequestSide(requestSide).withInternal(internal);
        };
        s = ranges.checked("--expiry", s, known -> known.withExpiry(expiry));
        s = ranges.checked("--max-unmatched", s, known -> known.withMaxUnmatched(maxUnmatched));
        return ranges.checked("--hash-bytes", s, known -> known.withHashBytes(hashBytes));
    }
}
