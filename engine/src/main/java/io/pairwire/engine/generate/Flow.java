package io.pairwire.engine.generate;

/**
 * Who talks to whom, and in which frames: a pure function of the flow's number, so that millions of flows cost no memory
 * here.
 *
 * <p>One end lies inside 192.168.0.0/16 (fd00::/64), the other outside in 10.0.0.0/8 (2001:db8::/64); the outer address
 * is unique to the flow.
 *
 * @param number from 0
 * @param requestIsTcp otherwise UDP
 * @param responseIsTcp otherwise UDP
 * @param clientInside does the request go from the inside to the outside?
 */
record Flow(int number, Shape shape, boolean requestIsTcp, boolean responseIsTcp, boolean clientInside) {
    private static final long OUTSIDE_V4 = 0x0a00_0001L;
    private static final long INSIDE_V4 = 0xc0a8_0001L;
    private static final long OUTSIDE_V6 = 0x2001_0db8_0000_0000L;
    private static final long INSIDE_V6 = 0xfd00_0000_0000_0000L;
    private static final int SERVERS = 64;
    private static final int INSIDE_CLIENTS = 4_096;
    private static final int CLIENT_PORT = 40_000;
    private static final int CLIENT_PORTS = 20_000;
    private static final int SERVER_PORT = 17_000;
    private static final int SERVER_PORTS = 16;

    /** What stands between the link header and the transport. */
    enum Shape {
        IPV4,
        IPV4_VLAN,
        IPV6,
        IPV4_QINQ,
        IPV4_OPTIONS,
        IPV6_VLAN,
        IPV4_MPLS,
        IPV6_EXTENSION;

        private static final Shape[] ALL = values();

        boolean isIpv6() {
            return switch (this) {
                case IPV6, IPV6_VLAN, IPV6_EXTENSION -> true;
                case IPV4, IPV4_VLAN, IPV4_QINQ, IPV4_OPTIONS, IPV4_MPLS -> false;
            };
        }
    }

    /** The flow with that number in traffic of that profile. */
    static Flow of(Profile profile, int number) {
        return switch (profile) {
            case GATEWAY -> new Flow(number, Shape.IPV4, false, true, false);
            case REQUEST_RESPONSE, TWO_TAPS -> {
                boolean tcp = (number & 1) != 0;
                yield new Flow(number, Shape.IPV4, tcp, tcp, (number & 2) != 0);
            }
            case MIXED -> {
                int transport = number / Shape.ALL.length % 3;
                yield new Flow(
                        number,
                        Shape.ALL[number % Shape.ALL.length],
                        transport == 1,
                        transport != 0,
                        number / (3 * Shape.ALL.length) % 2 != 0);
            }
        };
    }

    /** Address of the client, upper half; 0 for IPv4. */
    long clientHigh() {
        return high(clientInside);
    }

    /** Address of the client, lower half, or the IPv4 address. */
    long clientLow() {
        return clientInside ? insideLow(INSIDE_CLIENTS) : outsideLow();
    }

    long serverHigh() {
        return high(!clientInside);
    }

    long serverLow() {
        return clientInside ? outsideLow() : insideLow(SERVERS);
    }

    int clientPort() {
        return CLIENT_PORT + number % CLIENT_PORTS;
    }

    int serverPort() {
        return SERVER_PORT + number % SERVER_PORTS;
    }

    private long high(boolean inside) {
        if (!shape.isIpv6()) return 0;
        return inside ? INSIDE_V6 : OUTSIDE_V6;
    }

    private long outsideLow() {
        return shape.isIpv6() ? 1L + number : OUTSIDE_V4 + number;
    }

    private long insideLow(int hosts) {
        return shape.isIpv6() ? 1L + number % hosts : INSIDE_V4 + number % hosts;
    }
}
