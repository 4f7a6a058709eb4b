package io.pairwire.engine.dedup;

/** What two copies of one packet need not have in common. */
public enum Ignored {
    /** Time to live or hop limit, and with it the header checksum of IPv4: copies before and behind a router. */
    TTL,
    /** Checksums of IPv4, TCP and UDP: copies before and behind a card that fills them in. */
    CHECKSUM,
    /** Both MAC addresses of Ethernet. */
    MAC,
    /** VLAN tags, whether there are any included. */
    VLAN,
    /** What follows the end of the IP packet: padding and the check sequence of the frame. */
    FCS
}
