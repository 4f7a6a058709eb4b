package io.pairwire.capture;

import java.net.InetAddress;
import java.util.List;

/**
 * Names of an address, as somebody resolved them while capturing.
 *
 * @param address IPv4 or IPv6; asking it for a host name would ask the network, the names here do not
 * @param names at least one
 */
public record NameRecord(InetAddress address, List<String> names) {
    public NameRecord {
        names = List.copyOf(names);
        if (names.isEmpty()) throw new IllegalArgumentException("no names for " + address.getHostAddress());
    }
}
