package io.pairwire.engine.fate;

import io.pairwire.capture.Packet;
import java.util.function.Predicate;

/** When the packets of a run begin and end. Written by the reading thread; read when the engine has ended. */
public final class CaptureSpan {
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /** Has seen nothing yet. */
    public CaptureSpan() {}

    /** Looks at every packet on its way to a filter. */
    public Predicate<Packet> noting(Predicate<Packet> filter) {
        return packet -> {
            if (packet.hasTime()) note(packet.epochNanos());
            return filter.test(packet);
        };
    }

    private void note(long epochNanos) {
        if (epochNanos < firstNanos) firstNanos = epochNanos;
        if (epochNanos > lastNanos) lastNanos = epochNanos;
    }

    /** The earliest time of a packet, nanoseconds since 1970. */
    public long firstNanos() {
        return firstNanos;
    }

    /** The latest time of a packet. */
    public long lastNanos() {
        return lastNanos;
    }
}
