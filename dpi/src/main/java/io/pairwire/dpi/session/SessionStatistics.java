package io.pairwire.dpi.session;

/**
 * How an {@link Inspector} is doing.
 *
 * @param packets offered
 * @param counted of these, counted in a session at least
 * @param withoutIp of these, without IP
 * @param fragmentsHeld of these, part of a datagram that was not complete when they came
 * @param fragmentsDropped of these, fragments that were not used
 * @param begun sessions
 * @param open sessions now
 * @param endedIdle sessions that ended for being idle
 * @param endedReused sessions whose endpoints began another connection
 * @param evicted sessions that ended because memory was short
 * @param endedFinished sessions that ended with the input
 * @param memory bytes in use for sessions and what is known of them, estimated
 * @param mostOpen sessions at the same time, the most there were
 * @param mostMemory bytes in use when a session began, the most there were
 * @param slots places of the table
 * @param lookups in the table
 * @param probes places looked at, all lookups together
 * @param longestProbe the most of one lookup
 * @param hashCollisions lookups that met another session with the same full hash
 * @param inspected payloads of undecided sessions that were looked at
 * @param asked protocols that were asked about them
 */
public record SessionStatistics(
        long packets,
        long counted,
        long withoutIp,
        long fragmentsHeld,
        long fragmentsDropped,
        long begun,
        int open,
        long endedIdle,
        long endedReused,
        long evicted,
        long endedFinished,
        long memory,
        long mostOpen,
        long mostMemory,
        int slots,
        long lookups,
        long probes,
        int longestProbe,
        long hashCollisions,
        long inspected,
        long asked) {

    /** What a session took with all that belongs to it, its share of the table included, when memory was fullest; 0 if none began. */
    public long bytesPerSession() {
        return mostOpen == 0 ? 0 : mostMemory / mostOpen;
    }

    /** Those of two inspectors together. */
    SessionStatistics plus(SessionStatistics other) {
        return new SessionStatistics(
                packets + other.packets,
                counted + other.counted,
                withoutIp + other.withoutIp,
                fragmentsHeld + other.fragmentsHeld,
                fragmentsDropped + other.fragmentsDropped,
                begun + other.begun,
                open + other.open,
                endedIdle + other.endedIdle,
                endedReused + other.endedReused,
                evicted + other.evicted,
                endedFinished + other.endedFinished,
                memory + other.memory,
                mostOpen + other.mostOpen,
                mostMemory + other.mostMemory,
                slots + other.slots,
                lookups + other.lookups,
                probes + other.probes,
                Math.max(longestProbe, other.longestProbe),
                hashCollisions + other.hashCollisions,
                inspected + other.inspected,
                asked + other.asked);
    }
}
