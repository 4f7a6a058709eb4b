package io.pairwire.dpi;

import java.util.List;

/** When a protocol is worth asking, as data: all triggers of all protocols are compiled into one set of tables. */
public sealed interface Trigger {

    /** One of the two ports is in the range; also what a session is guessed to be when nobody recognised it. */
    record Ports(Transport transport, int from, int to) implements Trigger {
        public Ports {
            if (transport == Transport.IP) throw new IllegalArgumentException("IP has no ports");
            if (from < 0 || to > 0xffff || from > to) {
                throw new IllegalArgumentException("ports are not in 0..65535: " + from + ".." + to);
            }
        }
    }

    /** As {@link Ports}, but never a reason to guess. */
    record Hint(Transport transport, int port) implements Trigger {
        public Hint {
            if (port < 0 || port > 0xffff) throw new IllegalArgumentException("port is not in 0..65535: " + port);
        }
    }

    /** The number of the protocol in the IP header. That alone says YES: such a protocol is not asked. */
    record IpProtocol(int number) implements Trigger {
        public IpProtocol {
            if (number < 0 || number > 255) throw new IllegalArgumentException("not in 0..255: " + number);
        }
    }

    /** The payload protocol identifier of an SCTP DATA chunk. */
    record PayloadProtocol(int identifier) implements Trigger {}

    /**
     * Bytes of the payload, all of them.
     *
     * @param sides whose payload
     * @param shortest bytes that the payload has at least
     * @param longest bytes that a datagram has at most; of a stream the first piece that came
     */
    record Bytes(Transport transport, Sides sides, int shortest, int longest, List<BytePattern> patterns)
            implements Trigger {
        public Bytes {
            patterns = List.copyOf(patterns);
            if (patterns.isEmpty()) throw new IllegalArgumentException("no patterns");
            if (shortest < 0 || longest < shortest) {
                throw new IllegalArgumentException("lengths are not in order: " + shortest + ".." + longest);
            }
        }
    }

    /** Any payload whose length is in the range: for protocols without anything fixed, which cost everybody time. */
    record Any(Transport transport, int shortest, int longest) implements Trigger {
        public Any {
            if (shortest < 0 || longest < shortest) {
                throw new IllegalArgumentException("lengths are not in order: " + shortest + ".." + longest);
            }
        }
    }

    /** A name of application-layer protocol negotiation (RFC 7301): what TLS or QUIC carries. */
    record Alpn(String name) implements Trigger {}

    static Trigger tcp(int port) {
        return new Ports(Transport.TCP, port, port);
    }

    static Trigger udp(int port) {
        return new Ports(Transport.UDP, port, port);
    }

    /** Bytes at the start, from either side. */
    static Trigger starts(Transport transport, byte... value) {
        return bytes(transport, BytePattern.of(0, value));
    }

    /** ASCII text at the start, from either side. */
    static Trigger starts(Transport transport, String ascii) {
        return bytes(transport, BytePattern.text(0, ascii));
    }

    /** Patterns in payload of any length, from either side. */
    static Trigger bytes(Transport transport, BytePattern... patterns) {
        return new Bytes(transport, Sides.EITHER, 1, Integer.MAX_VALUE, List.of(patterns));
    }
}
