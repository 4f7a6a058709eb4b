package io.pairwire.decode.wire;

/** Address families of IP in all systems whose captures carry them. */
public final class AddressFamily {
    private static final int AF_INET = 2;
    private static final int AF_INET6_LINUX = 10;
    private static final int AF_INET6_NETBSD_OPENBSD = 24;
    private static final int AF_INET6_SOLARIS = 26;
    private static final int AF_INET6_FREEBSD = 28;
    private static final int AF_INET6_DARWIN = 30;

    private AddressFamily() {}

    /** The number, whoever wrote it: families are small, so the byte order shows itself. */
    public static int inEitherOrder(int family) {
        return (family & 0xffff_0000) == 0 ? family : Integer.reverseBytes(family);
    }

    /** {@link EtherType#IPV4} or {@link EtherType#IPV6} as the family says on any system, or 0 for other families. */
    public static int etherType(int family) {
        return switch (family) {
            case AF_INET -> EtherType.IPV4;
            case AF_INET6_LINUX, AF_INET6_NETBSD_OPENBSD, AF_INET6_SOLARIS, AF_INET6_FREEBSD, AF_INET6_DARWIN ->
                EtherType.IPV6;
            default -> 0;
        };
    }
}
