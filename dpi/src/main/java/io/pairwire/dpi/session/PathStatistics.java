package io.pairwire.dpi.session;

/**
 * What was counted on one path of protocols: packets whose innermost known protocol ends it.
 *
 * @param path names from link to application, separated by points; empty for packets without any header we know
 * @param bytes on the wire, link header included
 * @param payloadBytes carried by the transport
 * @param sessions that began on it
 * @param firstNanos time of the first packet
 * @param lastNanos time of the latest packet
 */
public record PathStatistics(
        String path, long packets, long bytes, long payloadBytes, long sessions, long firstNanos, long lastNanos) {

    /** The same path in two places together. */
    PathStatistics plus(PathStatistics other) {
        return new PathStatistics(
                path,
                packets + other.packets,
                bytes + other.bytes,
                payloadBytes + other.payloadBytes,
                sessions + other.sessions,
                Math.min(firstNanos, other.firstNanos),
                Math.max(lastNanos, other.lastNanos));
    }
}
