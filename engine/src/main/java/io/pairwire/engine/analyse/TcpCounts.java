package io.pairwire.engine.analyse;

import java.util.EnumMap;
import java.util.Map;

/**
 * TCP in numbers.
 *
 * @param packets segments, those in tunnels included
 * @param payloadBytes bytes of payload by the lengths of IP
 * @param syn segments with that flag, with or without others
 * @param events segments by what happened to them; all are there, also those that never did
 */
public record TcpCounts(long packets, long payloadBytes, long syn, long fin, long rst, Map<TcpEvent, Long> events) {

    public TcpCounts {
        var all = new EnumMap<TcpEvent, Long>(TcpEvent.class);
        for (TcpEvent event : TcpEvent.values()) all.put(event, events.getOrDefault(event, 0L));
        events = Map.copyOf(all);
    }

    /** Segments to which that happened. */
    public long count(TcpEvent event) {
        return events.getOrDefault(event, 0L);
    }
}
