package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.StreamSettings.check;
import static io.pairwire.decode.stream.StreamSettings.isTimeout;

import java.time.Duration;

/**
 * What a {@link Defragmenter} may use, and how it decides.
 *
 * @param memory bytes that all fragments may take together, 4096 at least; held in chunks of 2048
 * @param datagrams that may be incomplete at the same time, from 1 to 2^24
 * @param fragments of one datagram, from 2 to 8192
 * @param ipv4Timeout how long a datagram waits from its first fragment on, in event time
 * @param ipv6Timeout the same for IPv6
 * @param ipv4Overlap what happens where fragments overlap
 * @param ipv6Overlap the same for IPv6
 * @param byVlan do VLAN tags tell datagrams apart?
 */
public record FragmentSettings(
        long memory,
        int datagrams,
        int fragments,
        Duration ipv4Timeout,
        Duration ipv6Timeout,
        FragmentOverlap ipv4Overlap,
        FragmentOverlap ipv6Overlap,
        boolean byVlan) {

    public FragmentSettings {
        check(memory >= 2 * PiecePool.CHUNK && memory <= 1L << 40, "memory is not in 4096..2^40", memory);
        check(datagrams >= 1 && datagrams <= 1 << 24, "datagrams are not in 1..2^24", datagrams);
        check(fragments >= 2 && fragments <= 8192, "fragments of a datagram are not in 2..8192", fragments);
        check(isTimeout(ipv4Timeout), "timeout is out of range", ipv4Timeout);
        check(isTimeout(ipv6Timeout), "timeout is out of range", ipv6Timeout);
    }

    /**
     * 16 MB, 4,096 datagrams of 512 fragments at most; 30 s for IPv4 and 60 s for IPv6 (RFC 8200 §4.5); of overlapping bytes
     * the first counts in IPv4, and in IPv6 the datagram is dropped (RFC 5722); VLANs do not matter.
     */
    public static FragmentSettings defaults() {
        return new FragmentSettings(
                16 << 20,
                4096,
                512,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                FragmentOverlap.FIRST,
                FragmentOverlap.DROP,
                false);
    }

    public FragmentSettings withMemory(long memory) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }

    public FragmentSettings withDatagrams(int datagrams) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }

    public FragmentSettings withFragments(int fragments) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }

    public FragmentSettings withTimeouts(Duration ipv4Timeout, Duration ipv6Timeout) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }

    public FragmentSettings withOverlap(FragmentOverlap ipv4Overlap, FragmentOverlap ipv6Overlap) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }

    public FragmentSettings withByVlan(boolean byVlan) {
        return new FragmentSettings(
                memory, datagrams, fragments, ipv4Timeout, ipv6Timeout, ipv4Overlap, ipv6Overlap, byVlan);
    }
}
