package io.pairwire.capture.index;

/**
 * To which flow a packet belongs, as an index keeps it: two words of 64 bits, the same for both directions.
 *
 * <pre>
 *  addresses: lower endpoint 32 | upper endpoint 32        IPv4 as it is, IPv6 as a fingerprint
 *  rest:      marks 8 | protocol 8 | lower port 16 | upper port 16
 * </pre>
 *
 * <p>Two flows of IPv6 may have the same tuple: whoever looks one up asks the packets again. Reused for every packet; not
 * thread-safe.
 */
public final class FlowTuple {
    /** Mark: the addresses are fingerprints of IPv6 addresses. */
    public static final int IPV6 = 1;

    /** Mark: the ports are known. */
    public static final int PORTS = 2;

    /** Mark: surely there is no IP, so neither addresses nor ports; it may be ARP. */
    public static final int NO_IP = 4;

    /** Mark: nothing sure is known of the packet, so that it must be looked at whatever is asked for. */
    public static final int OTHER = 0x80;

    private long addresses;
    private long rest;

    /** A tuple of which nothing is known. */
    public FlowTuple() {
        other();
    }

    /** Nothing sure is known. */
    public void other() {
        addresses = 0;
        rest = (long) OTHER << 40;
    }

    /** Something else than IP, surely. */
    public void noIp() {
        addresses = 0;
        rest = (long) NO_IP << 40;
    }

    /**
     * A packet with two endpoints, in either order.
     *
     * @param protocol of IP, 0 to 255
     * @param marks {@link #IPV6}, {@link #PORTS}
     */
    public void set(int oneAddress, int onePort, int otherAddress, int otherPort, int protocol, int marks) {
        int order = Integer.compareUnsigned(oneAddress, otherAddress);
        boolean asIs = order < 0 || order == 0 && onePort <= otherPort;
        addresses = asIs ? pair(oneAddress, otherAddress) : pair(otherAddress, oneAddress);
        long ports = asIs ? (long) onePort << 16 | otherPort : (long) otherPort << 16 | onePort;
        rest = (long) marks << 40 | (long) (protocol & 0xff) << 32 | ports;
    }

    private static long pair(int lower, int upper) {
        return (long) lower << 32 | Integer.toUnsignedLong(upper);
    }

    /** What stands for an IPv6 address. */
    public static int fingerprint(long high, long low) {
        long mixed = high * 0x9e3779b97f4a7c15L + low;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed >>> 32);
    }

    long addresses() {
        return addresses;
    }

    long rest() {
        return rest;
    }
}
