package io.pairwire.engine.dedup;

import java.util.Locale;

/** What a copy does not have in common with the packet it is a copy of, and so where it comes from. */
public enum CopyKind {
    /** Nothing: a mirror port that sees both the way in and the way out, or two of them. */
    SAME("a mirror port (SPAN) that sees the way in and the way out, or a loop"),
    /** The TTL: captured before and behind a router. */
    ROUTED("captured before and behind a router"),
    /** A VLAN tag: captured before and behind the switch that sets it. */
    VLAN("captured with another tag: before and behind a switch, or on an access and a trunk port"),
    /** MAC addresses alone. */
    MAC("forwarded without a router: a bridge or a firewall that does not count"),
    /** Checksums alone. */
    CHECKSUM("captured before and behind a card that fills in checksums (offload)");

    private final String cause;

    CopyKind(String cause) {
        this.cause = cause;
    }

    /** The name in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What usually does this. */
    public String cause() {
        return cause;
    }
}
