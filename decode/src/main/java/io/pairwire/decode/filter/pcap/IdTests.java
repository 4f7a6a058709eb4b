package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.pcap.Expression.Mask;
import io.pairwire.decode.filter.pcap.Qualifiers.Kind;
import io.pairwire.decode.filter.text.Suggestion;
import java.util.Locale;

/** What an address, a name or a number means with its qualifiers. */
final class IdTests {
    private static final int[] WHOLE = {-1, -1, -1, -1};

    private final Code code;
    private final Names names;
    private final AddressTests addresses;
    private final PortTests ports;
    private final ProtocolTests protocols;
    private final ProtocolChain chain;

    IdTests(
            Code code,
            Names names,
            AddressTests addresses,
            PortTests ports,
            ProtocolTests protocols,
            ProtocolChain chain) {
        this.code = code;
        this.names = names;
        this.addresses = addresses;
        this.ports = ports;
        this.protocols = protocols;
        this.chain = chain;
    }

    Condition test(Expression.Id id) {
        Token token = id.id();
        Qualifiers q = id.qualifiers();
        if (q.kind() == Kind.GATEWAY) {
            throw code.error("gateway needs the MAC address of a host by its name, and no names of hosts are looked up;"
                    + " write: ether host MAC and not host ADDRESS");
        }
        try {
            return switch (token.kind()) {
                case NUMBER -> number(token.number(), q);
                case DOTTED -> dotted(token.text(), id.mask(), q);
                case IPV6 -> ipv6(token.text(), id.mask(), q);
                case MAC -> mac(token.text(), q);
                case ARCNET -> arcnet(token.text(), q);
                default -> name(token.text(), q);
            };
        } catch (NumberFormatException e) {
            throw code.error("\"" + token.text() + "\" holds a number that is too large");
        }
    }

    private static boolean isAddress(Kind kind) {
        return kind == Kind.ANY || kind == Kind.HOST || kind == Kind.NET;
    }

    private static String word(Kind kind) {
        return kind == Kind.NET ? "net" : "host";
    }

    private Condition number(int number, Qualifiers q) {
        return switch (q.kind()) {
            case PORT, PORTRANGE ->
                ports(new Names.Port(number, PortTests.ANY), new Names.Port(number, PortTests.ANY), q);
            case PROTO -> protocols.carried(number, q.protocol());
            case PROTOCHAIN -> chain.contains(number, q.protocol());
            default -> {
                if (q.protocol() == Protocol.DECNET) yield addresses.decnet(number, q.direction());
                int mask = -1;
                int address = number;
                while (q.kind() == Kind.NET && address != 0 && (address & 0xff00_0000) == 0) {
                    address <<= 8;
                    mask <<= 8;
                }
                yield addresses.ipv4(address, mask, q.protocol(), q.direction(), word(q.kind()));
            }
        };
    }

    private Condition dotted(String text, Mask mask, Qualifiers q) {
        if (!isAddress(q.kind())) {
            throw code.error(q.kind().name().toLowerCase(Locale.ROOT) + " takes a number or a name, not an address");
        }
        boolean isDecnet = q.protocol() == Protocol.DECNET;
        if (isDecnet && mask instanceof Mask.None) return addresses.decnet(decnet(text), q.direction());
        Addresses.Ipv4Prefix prefix = prefix(text);
        int bits = switch (mask) {
            case Mask.None() -> prefix.bits() == 32 ? -1 : -1 << 32 - prefix.bits();
            case Mask.Bits(int length) -> {
                if (length < 0 || length > 32) throw code.error("the mask of an IPv4 network has at most 32 bits");
                yield length == 0 ? 0 : -1 << 32 - length;
            }
            case Mask.Dotted(String dotted) -> prefix(dotted).address();
        };
        if (!(mask instanceof Mask.None) && q.kind() != Kind.NET)
            throw code.error("a mask belongs to a net, not to a host; did you mean net "
                    + dotted(prefix.address() & bits) + "/" + Integer.bitCount(bits) + "?");
        if ((prefix.address() & ~bits) != 0) {
            throw code.error("the address has bits outside its mask; did you mean net "
                    + dotted(prefix.address() & bits) + "/" + Integer.bitCount(bits) + "?");
        }
        if (isDecnet) return addresses.decnet(decnet(text), q.direction()); // libpcap checks the mask and forgets it
        return addresses.ipv4(prefix.address(), bits, q.protocol(), q.direction(), word(q.kind()));
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "." + (address & 0xff);
    }

    private Addresses.Ipv4Prefix prefix(String text) {
        try {
            return Addresses.ipv4(text);
        } catch (NumberFormatException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw code.error(String.valueOf(e.getMessage()));
        }
    }

    private int decnet(String text) {
        try {
            return Addresses.decnet(text);
        } catch (NumberFormatException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw code.error(String.valueOf(e.getMessage()));
        }
    }

    private Condition ipv6(String text, Mask mask, Qualifiers q) {
        if (!isAddress(q.kind())) throw code.error("an IPv6 address belongs to host or net");
        int[] address;
        try {
            address = Addresses.ipv6(text);
        } catch (IllegalArgumentException e) {
            throw code.error(String.valueOf(e.getMessage()));
        }
        int length = mask instanceof Mask.Bits(int bits) ? bits : 128;
        if (length < 0 || length > 128) throw code.error("the mask of an IPv6 network has at most 128 bits");
        if (length != 128 && q.kind() != Kind.NET) throw code.error("a mask belongs to a net, not to a host");
        int[] bits = WHOLE.clone();
        for (int i = 0; i < 4; i++) {
            int inWord = Math.clamp(length - 32 * i, 0, 32);
            bits[i] = inWord == 0 ? 0 : -1 << 32 - inWord;
            if ((address[i] & ~bits[i]) != 0) {
                throw code.error("the address has bits outside its mask of " + length
                        + " bits; clear them, or write host " + text);
            }
        }
        return addresses.ipv6(address, bits, q.protocol(), q.direction(), word(q.kind()));
    }

    private Condition mac(String text, Qualifiers q) {
        boolean host = q.kind() == Kind.ANY || q.kind() == Kind.HOST;
        if (!host || q.protocol() != Protocol.LINK) {
            throw code.error("\"" + text + "\" is a MAC address; write ether host, ether src or ether dst before it");
        }
        return addresses.mac(Addresses.mac(text), q.direction());
    }

    private Condition arcnet(String text, Qualifiers q) {
        boolean host = q.kind() == Kind.ANY || q.kind() == Kind.HOST;
        if (!host || q.protocol() != Protocol.LINK)
            throw code.error("an address of ARCnet belongs to link host, src or dst");
        return addresses.arcnet(new byte[] {(byte) Integer.parseInt(text, 16)}, q.direction());
    }

    private Condition name(String name, Qualifiers q) {
        return switch (q.kind()) {
            case PORT -> {
                Names.Port port = port(name);
                yield ports(port, port, q);
            }
            case PORTRANGE -> {
                int dash = name.indexOf('-');
                Names.Port low = port(dash < 0 ? name : name.substring(0, dash));
                yield ports(low, dash < 0 ? low : port(name.substring(dash + 1)), q);
            }
            case PROTO -> protocols.carried(protocol(name, q.protocol()), q.protocol());
            case PROTOCHAIN -> chain.contains(protocol(name, q.protocol()), q.protocol());
            case NET ->
                throw code.error("unknown network \"" + name + "\": names are not looked up, write its address");
            default -> throw code.error("unknown host \"" + name + "\": names are not looked up, write its address");
        };
    }

    private Names.Port port(String name) {
        Names.Port port = names.port(name);
        if (port == Names.Port.UNKNOWN) {
            if (name.matches("\\d{1,5}-\\d{1,5}")) {
                throw code.error("port takes one port; did you mean portrange " + name + "?");
            }
            throw code.error("unknown port \"" + name + "\"" + Suggestion.of(name, names.knownPorts()));
        }
        return port;
    }

    private int protocol(String name, Protocol by) {
        int number = switch (by) {
            case LINK -> Names.etherProtocol(name);
            case ISO -> Names.isoProtocol(name);
            case ISIS ->
                throw code.error(
                        "types of IS-IS packets are numbers here; l1, l2, iih, lsp, snp, csnp and psnp name them");
            default -> names.protocol(name);
        };
        if (number < 0) {
            String hint = by == Protocol.LINK || by == Protocol.ISO ? "" : Suggestion.of(name, names.knownProtocols());
            throw code.error("unknown protocol \"" + name + "\"" + hint);
        }
        return number;
    }

    private Condition ports(Names.Port low, Names.Port high, Qualifiers q) {
        int asked = switch (q.protocol()) {
            case ANY -> PortTests.ANY;
            case TCP -> ProtocolTests.TCP;
            case UDP -> ProtocolTests.UDP;
            case SCTP -> ProtocolTests.SCTP;
            default -> throw code.error("\"" + q.protocol().keyword() + "\" has no ports; tcp, udp and sctp have");
        };
        for (Names.Port port : new Names.Port[] {low, high}) {
            if (port.number() < 0 || port.number() > 65535) {
                throw code.error("port " + Integer.toUnsignedString(port.number()) + " exceeds 65535");
            }
        }
        int named = low.transport() == high.transport() ? low.transport() : PortTests.ANY;
        if (asked != PortTests.ANY && named != PortTests.ANY && asked != named) {
            throw code.error("this port is one of " + (named == ProtocolTests.TCP ? "tcp" : "udp") + ", not of "
                    + q.protocol().keyword());
        }
        int transport = asked != PortTests.ANY ? asked : named;
        return ports.ports(low.number(), high.number(), q.kind() == Kind.PORTRANGE, transport, q.direction());
    }
}
