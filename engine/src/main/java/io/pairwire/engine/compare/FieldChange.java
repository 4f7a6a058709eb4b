package io.pairwire.engine.compare;

import java.util.Locale;

/** A field that two copies of one packet do not have in common. */
public enum FieldChange {
    TTL(Severity.LOW, 5, "a router between the points, or a sender with another stack"),
    DSCP(Severity.LOW, 3, "traffic was marked anew on the way"),
    MAC(Severity.LOW, 1, "the packet was forwarded: a router between the points"),
    VLAN(Severity.LOW, 2, "a switch set, took or changed a tag"),
    CHECKSUM(Severity.LOW, 3, "captured at a sender before its card filled the checksum in (offload), or damage"),
    IP_ID(Severity.LOW, 2, "a middlebox numbers datagrams anew, or the packet was sent again"),
    ADDRESSES(Severity.MEDIUM, 10, "address translation (NAT) or a load balancer"),
    PORTS(Severity.MEDIUM, 10, "port translation (NAPT) or a proxy"),
    FLAGS(Severity.HIGH, 15, "a middlebox rewrites TCP, or the packet was forged"),
    SEQUENCE(Severity.HIGH, 15, "a firewall draws sequence numbers anew, or a proxy ends the connection"),
    ACKNOWLEDGMENT(Severity.MEDIUM, 10, "a proxy ends the connection, or the packet was sent again later"),
    WINDOW(Severity.MEDIUM, 5, "a traffic shaper or accelerator rewrites the window"),
    OPTIONS(Severity.MEDIUM, 8, "a middlebox rewrites TCP options, as in clamping of the segment size"),
    PAYLOAD(Severity.CRITICAL, 30, "content was rewritten on the way, or damaged"),
    LENGTH(Severity.CRITICAL, 30, "content was cut or grew on the way"),
    FRAGMENTATION(Severity.LOW, 3, "the \"do not fragment\" bit was changed, or a smaller MTU on the way");

    private final Severity severity;
    private final int penalty;
    private final String cause;

    FieldChange(Severity severity, int penalty, String cause) {
        this.severity = severity;
        this.penalty = penalty;
        this.cause = cause;
    }

    /** The name in reports: {@code ip_id}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** What it takes off the weight of a pair, in hundredths, see {@link Similarity}. */
    public int penalty() {
        return penalty;
    }

    /** What usually does this. */
    public String cause() {
        return cause;
    }

    int bit() {
        return 1 << ordinal();
    }
}
