package io.pairwire.live;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import java.time.Duration;

/**
 * Has the way of a packet compiled before the first real one comes. A ring of made-up packets is read again and again by the code
 * that reads real ones. Without it the first second of heavy traffic meets a reader that is interpreted, and the ring overflows
 * while compilers and reader share the processor.
 */
public final class Priming {
    /** Long enough for the compilers, short enough for people. */
    public static final Duration USUAL = Duration.ofMillis(150);

    /** After so many packets all is compiled that will be; on a fast machine that is sooner. */
    public static final long ENOUGH = 400_000;

    private Priming() {}

    /**
     * Shows packets to a handler, of Ethernet with IPv4 and UDP, until the time is over; a few hundred at least.
     *
     * @param handler in the state it will work in, but with somewhere else to put its results
     * @return how many packets it saw
     */
    public static long run(PacketHandler handler, Duration time) {
        try (var source = new MadeUpSource(LiveSettings.of("priming"), Long.MAX_VALUE, time)) {
            while (source.pollNow(handler, Integer.MAX_VALUE) != PacketSource.END) {}
            return source.liveStatistics().delivered();
        }
    }

    /**
     * The same packets as a source, which ends when {@link #ENOUGH} were handed over or the time is over: for whoever is to work
     * on a real source afterwards. Opening it takes no right.
     *
     * @param settings of the real one
     */
    public static LiveSource source(LiveSettings settings, Duration longest) {
        return new MadeUpSource(settings, ENOUGH, longest);
    }
}
