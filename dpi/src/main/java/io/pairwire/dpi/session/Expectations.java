package io.pairwire.dpi.session;

import io.pairwire.dpi.Transport;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions that others announced: the latest {@value #MOST}, for two minutes of event time. Not thread-safe. */
final class Expectations {
    static final int MOST = 4096;
    private static final long KEPT = 120_000_000_000L;

    /** One endpoint of a session to come. */
    private record Endpoint(Transport transport, long high, long low, int port) {}

    /** What it will be. */
    record Expected(int protocol, long parent, long untilNanos) {}

    private final Map<Endpoint, Expected> all = new LinkedHashMap<>();
    private long lost;

    /** Announcements that were given up for want of room. */
    long lost() {
        return lost;
    }

    void add(Transport transport, long high, long low, int port, int protocol, long parent, long now) {
        var endpoint = new Endpoint(transport, high, low, port);
        all.remove(endpoint); // so that it becomes the youngest
        if (all.size() == MOST) {
            Iterator<Expected> eldest = all.values().iterator();
            if (eldest.next().untilNanos >= now) lost++;
            eldest.remove();
        }
        all.put(endpoint, new Expected(protocol, parent, now + KEPT));
    }

    /** What a session that begins was announced to be; null if it was not. An announcement serves many sessions. */
    @Nullable
    Expected of(TrackedSession session, long now) {
        if (all.isEmpty()) return null;
        Expected found =
                of(session.transport(), session.responderHigh(), session.responderLow(), session.responderPort(), now);
        if (found != null) return found;
        return of(
                session.transport(), session.originatorHigh(), session.originatorLow(), session.originatorPort(), now);
    }

    private @Nullable Expected of(Transport transport, long high, long low, int port, long now) {
        Expected expected = all.get(new Endpoint(transport, high, low, port));
        return expected == null || now > expected.untilNanos ? null : expected;
    }
}
