package io.pairwire.engine.compare;

import java.util.EnumSet;
import java.util.Set;

/** What lies between the two points of capture, and so which changes are no news. */
public enum Profile {
    /** Nothing that may change a packet: the same link, or two taps of it. */
    TRANSPARENT(EnumSet.noneOf(FieldChange.class)),

    /** Routers: TTL, MAC addresses and VLAN tags change. */
    ROUTED(EnumSet.of(FieldChange.TTL, FieldChange.MAC, FieldChange.VLAN)),

    /** Address translation besides: addresses, ports and checksums change, and take no part in bringing packets together. */
    NAT(EnumSet.of(
            FieldChange.TTL,
            FieldChange.MAC,
            FieldChange.VLAN,
            FieldChange.ADDRESSES,
            FieldChange.PORTS,
            FieldChange.CHECKSUM));

    private final Set<FieldChange> expected;

    Profile(Set<FieldChange> expected) {
        this.expected = expected;
    }

    /** Is a change of that field no news here? It is counted, but neither a finding nor a loss of similarity. */
    public boolean expects(FieldChange change) {
        return expected.contains(change);
    }
}
