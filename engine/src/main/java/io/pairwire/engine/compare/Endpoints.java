package io.pairwire.engine.compare;

/**
 * Who speaks to whom in one packet.
 *
 * @param ipVersion 4, 6, or 0 without IP, and then nothing else means anything
 * @param sourceHigh the upper half of an IPv6 address
 * @param sourceLow the lower half, or an IPv4 address
 * @param protocol the IANA number
 */
public record Endpoints(
        int ipVersion,
        int protocol,
        long sourceHigh,
        long sourceLow,
        int sourcePort,
        long destinationHigh,
        long destinationLow,
        int destinationPort) {

    /** Nobody: no IP, or not looked at. */
    public static final Endpoints NONE = new Endpoints(0, 0, 0, 0, 0, 0, 0, 0);

    static Endpoints of(Rows details, int row) {
        int ports = Sighting.ports(details, row);
        return new Endpoints(
                details.get32(row, Detail.IP_VERSION),
                details.get32(row, Detail.PROTOCOL),
                details.get64(row, Detail.SOURCE_HIGH),
                details.get64(row, Detail.SOURCE_LOW),
                ports >>> 16,
                details.get64(row, Detail.DESTINATION_HIGH),
                details.get64(row, Detail.DESTINATION_LOW),
                ports & 0xffff);
    }
}
