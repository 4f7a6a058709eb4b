package io.pairwire.engine.analyse;

/**
 * One end of a conversation.
 *
 * @param ipVersion 4, 6, or 0 for a MAC address
 * @param high the upper half of an IPv6 address, otherwise 0
 * @param low the lower half, or an IPv4 address in the low 32 bits, or a MAC address in the low 48
 * @param port 0 where the layer has none
 */
public record End(int ipVersion, long high, long low, int port) {
    public End {
        if (ipVersion != 0 && ipVersion != 4 && ipVersion != 6) {
            throw new IllegalArgumentException("no version of IP: " + ipVersion);
        }
        if (port < 0 || port > 0xffff) throw new IllegalArgumentException("no port: " + port);
    }
}
