package io.pairwire.engine;

import java.util.List;

/** The networks that count as inside, as masks, for a look at every packet. Immutable. */
public final class InternalNetworks {
    private final long[] ipv4;
    private final long[] ipv4Masks;
    private final Prefix[] ipv6;

    public InternalNetworks(List<Prefix> networks) {
        List<Prefix> narrow =
                networks.stream().filter(network -> !network.ipv6()).toList();
        ipv4 = narrow.stream().mapToLong(Prefix::low).toArray();
        ipv4Masks = narrow.stream()
                .mapToLong(network -> 0xffff_ffffL << 32 - network.length() & 0xffff_ffffL)
                .toArray();
        ipv6 = networks.stream().filter(Prefix::ipv6).toArray(Prefix[]::new);
    }

    /** Is the IPv4 address, in the low 32 bits, inside? */
    public boolean containsIpv4(long address) {
        for (int i = 0; i < ipv4.length; i++) {
            if ((address & ipv4Masks[i]) == ipv4[i]) return true;
        }
        return false;
    }

    /** Is the IPv6 address inside? */
    public boolean containsIpv6(long high, long low) {
        for (Prefix network : ipv6) {
            if (network.contains(true, high, low)) return true;
        }
        return false;
    }
}
