package io.pairwire.engine.generate;

/** What kind of traffic to make. */
public enum Profile {
    /**
     * A protocol gateway: UDP requests from clients in 10.0.0.0/8 to servers in 192.168.0.0/16, answered over TCP with
     * the same payload.
     */
    GATEWAY,
    /**
     * Requests and responses of the same protocol, half of the flows UDP, half TCP with advancing sequence numbers; half
     * of the clients inside 192.168.0.0/16.
     */
    REQUEST_RESPONSE,
    /**
     * IPv4 and IPv6, VLAN, QinQ and MPLS, extension headers, UDP, TCP and gateway flows; unanswered requests; ARP, ICMP,
     * fragments, empty acknowledgments in between.
     */
    MIXED,
    /** The traffic of {@link #REQUEST_RESPONSE} seen at two points of its way, one capture each. */
    TWO_TAPS;

    /** The number of captures this profile makes. */
    public int captures() {
        return this == TWO_TAPS ? 2 : 1;
    }
}
