package io.pairwire.memory.pool;

/**
 * What is written down while a pool works; may be switched at any time, and then knows only what happens from there on.
 *
 * @param eventsKept of each thread, the last so many allocations and releases are kept, a power of two up to 2^20, or 0;
 *     costs a few cycles an event
 * @param siteEvery where in the program every n-th allocation of a thread, and the release of that buffer, was asked for; 0
 *     for none; costs microseconds each time
 */
public record Tracing(int eventsKept, int siteEvery) {
    /** Nothing is written down. */
    public static final Tracing OFF = new Tracing(0, 0);

    /** The last 4096 events of each thread. */
    public static final Tracing EVENTS = new Tracing(4096, 0);

    /** Events, and the site of every allocation. */
    public static final Tracing SITES = new Tracing(4096, 1);

    private static final int MOST_EVENTS = 1 << 20;

    public Tracing {
        if (eventsKept < 0 || eventsKept > MOST_EVENTS || Integer.bitCount(eventsKept) > 1) {
            throw new IllegalArgumentException("eventsKept is not 0 or a power of two up to 2^20: " + eventsKept);
        }
        if (siteEvery < 0) throw new IllegalArgumentException("siteEvery is negative: " + siteEvery);
    }
}
