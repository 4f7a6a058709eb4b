package io.pairwire.decode;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers sessions in the order in which they are first seen, from 1, up to a limit. Costs about 150 bytes a session. Not
 * thread-safe.
 */
public final class SessionNumbers {
    /** The number of all sessions beyond the limit. */
    public static final int REST = 0;

    private final int limit;
    private final Map<SessionKey, Integer> numbers = new HashMap<>();

    /** @param limit sessions that get a number of their own */
    public SessionNumbers(int limit) {
        if (limit < 1) throw new IllegalArgumentException("limit is below 1: " + limit);
        this.limit = limit;
    }

    /** The number of the session of the packet that was decoded last. */
    public int of(Layers layers) {
        var key = SessionKey.of(layers);
        Integer known = numbers.get(key);
        if (known != null) return known;
        if (numbers.size() == limit) return REST;
        int number = numbers.size() + 1;
        numbers.put(key, number);
        return number;
    }

    /** Sessions that have a number. */
    public int count() {
        return numbers.size();
    }
}
