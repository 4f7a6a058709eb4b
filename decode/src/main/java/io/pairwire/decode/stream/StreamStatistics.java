package io.pairwire.decode.stream;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where every segment and every byte of payload went. {@link #balances} says whether the sum is right; it always is, also
 * inside a {@link StreamHandler}.
 *
 * @param segments TCP segments seen
 * @param notTcp packets that are none, or only fragments of one
 * @param ignoredSegments without payload or SYN, of a connection that is not known
 * @param ignoredResets resets whose sequence number lies outside the window
 * @param ignoredFins ends that lie before bytes that were sent
 * @param keepAlives segments of at most one byte at the byte before the next
 * @param urgent segments that point to urgent data
 * @param payloadBytes captured payload of all segments
 * @param deliveredBytes handed over
 * @param duplicateBytes that were handed over before, or waited already with the same content
 * @param conflictingBytes of which another copy waited with another content; one of the two copies counts
 * @param droppedBytes by reason
 * @param heldBytes that wait now
 * @param gaps by reason
 * @param gapBytes in them, by reason
 * @param connections known now, with those that have ended and linger
 * @param begun connections so far
 * @param ends of streams, by reason
 * @param memory bytes of the chunks in use
 */
public record StreamStatistics(
        long segments,
        long notTcp,
        long ignoredSegments,
        long ignoredResets,
        long ignoredFins,
        long keepAlives,
        long urgent,
        long payloadBytes,
        long deliveredBytes,
        long duplicateBytes,
        long conflictingBytes,
        Map<SegmentDrop, Long> droppedBytes,
        long heldBytes,
        Map<GapReason, Long> gaps,
        Map<GapReason, Long> gapBytes,
        int connections,
        long begun,
        Map<EndReason, Long> ends,
        long memory) {

    /** Payload = delivered + duplicate + conflicting + dropped + held. */
    public boolean balances() {
        long dropped = 0;
        for (long bytes : droppedBytes.values()) dropped += bytes;
        return payloadBytes == deliveredBytes + duplicateBytes + conflictingBytes + dropped + heldBytes;
    }

    /** Counters by the ordinals of an enum, as a map with all of its values. */
    static <E extends Enum<E>> Map<E, Long> byReason(Class<E> type, long[] counters) {
        var map = new EnumMap<E, Long>(type);
        for (E reason : type.getEnumConstants()) map.put(reason, counters[reason.ordinal()]);
        return Collections.unmodifiableMap(map);
    }
}
