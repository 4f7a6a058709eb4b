package io.pairwire.decode.filter.pcap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of ports and IP protocols: those of a short list of our own, and those that the machine's {@code services} and
 * {@code protocols} files add or change. Hosts and networks are never looked up.
 */
final class Names {
    /** Any transport, where a name stands for the same port with several. */
    static final int ANY_TRANSPORT = PortTests.ANY;

    private static final long LARGEST_FILE = 16 << 20;
    private static final Path SERVICES = Path.of("/etc/services");
    private static final Path PROTOCOLS = Path.of("/etc/protocols");

    private static final String OWN_PORTS = """
            echo 7 discard 9 daytime 13 chargen 19 ftp-data 20t ftp 21t ssh 22t telnet 23t smtp 25t time 37 domain 53
            bootps 67u bootpc 68u tftp 69u gopher 70t finger 79t http 80t kerberos 88 pop3 110t sunrpc 111 nntp 119t ntp 123u
            netbios-ns 137 netbios-dgm 138 netbios-ssn 139 imap2 143t snmp 161 snmp-trap 162 bgp 179t ldap 389 https 443
            submissions 465t isakmp 500u syslog 514u submission 587t ldaps 636 imaps 993t pop3s 995t mysql 3306t
            postgresql 5432t sip 5060 sip-tls 5061
            """;

    private static final String OWN_PROTOCOLS = """
            icmp 1 igmp 2 ipencap 4 st 5 tcp 6 egp 8 igp 9 udp 17 dccp 33 ipv6 41 ipv6-route 43 ipv6-frag 44 rsvp 46 gre 47
            esp 50 ah 51 ipv6-icmp 58 ipv6-nonxt 59 ipv6-opts 60 eigrp 88 ospf 89 ipip 94 pim 103 vrrp 112 l2tp 115 sctp 132
            udplite 136
            """;

    private final Map<String, Integer> tcp = new HashMap<>();
    private final Map<String, Integer> udp = new HashMap<>();
    private final Map<String, Integer> protocols = new HashMap<>();

    private Names() {}

    /** Only the short list. */
    static Names own() {
        var names = new Names();
        List<String> ports = List.of(OWN_PORTS.strip().split("\\s+"));
        for (int i = 0; i < ports.size(); i += 2) {
            String port = ports.get(i + 1);
            int number = Integer.parseInt(port.replaceAll("[tu]", ""));
            if (!port.endsWith("u")) names.tcp.put(ports.get(i), number);
            if (!port.endsWith("t")) names.udp.put(ports.get(i), number);
        }
        List<String> own = List.of(OWN_PROTOCOLS.strip().split("\\s+"));
        for (int i = 0; i < own.size(); i += 2) names.protocols.put(own.get(i), Integer.valueOf(own.get(i + 1)));
        return names;
    }

    /** The short list and what this machine says; a file that cannot be read adds nothing. */
    static Names ofThisMachine() {
        return OfThisMachine.NAMES;
    }

    /** Read when a name is first asked for. */
    private static final class OfThisMachine {
        static final Names NAMES = read(SERVICES, PROTOCOLS);
    }

    static Names read(Path services, Path protocols) {
        Names names = own();
        List<String[]> ports = lines(services);
        if (!ports.isEmpty()) {
            names.tcp.clear();
            names.udp.clear();
        }
        for (String[] words : ports.reversed()) names.service(words); // of two lines the first counts
        for (String[] words : lines(protocols).reversed()) {
            if (words.length < 2 || !words[1].matches("\\d{1,3}")) continue;
            for (int i = 0; i < words.length; i++) if (i != 1) names.protocols.put(words[i], Integer.valueOf(words[1]));
        }
        return names;
    }

    private void service(String[] words) {
        if (words.length < 2 || !words[1].matches("\\d{1,5}/[a-z]+")) return;
        String[] port = words[1].split("/");
        if (!port[1].equals("tcp") && !port[1].equals("udp")) return;
        Map<String, Integer> transport = port[1].equals("tcp") ? tcp : udp;
        for (int i = 0; i < words.length; i++) if (i != 1) transport.put(words[i], Integer.valueOf(port[0]));
    }

    private static List<String[]> lines(Path file) {
        try {
            if (!Files.isReadable(file) || Files.size(file) > LARGEST_FILE) return List.of();
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split("\\s+"))
                    .toList();
        } catch (IOException e) {
            return List.of(); // the own list remains, and an unknown name says so where it is used
        }
    }

    /** A port and its transport; {@code transport} is {@link #ANY_TRANSPORT} if both have it. */
    record Port(int number, int transport) {
        static final Port UNKNOWN = new Port(-1, ANY_TRANSPORT);
    }

    Port port(String name) {
        if (name.matches("\\d{1,9}")) return new Port(Integer.parseInt(name), ANY_TRANSPORT);
        int overTcp = tcp.getOrDefault(name, -1);
        int overUdp = udp.getOrDefault(name, -1);
        if (overTcp >= 0 && overTcp == overUdp) return new Port(overTcp, ANY_TRANSPORT);
        if (overTcp >= 0) return new Port(overTcp, ProtocolTests.TCP);
        return overUdp >= 0 ? new Port(overUdp, ProtocolTests.UDP) : Port.UNKNOWN;
    }

    /** The number of an IP protocol, negative if the name is unknown. */
    int protocol(String name) {
        return protocols.getOrDefault(name, -1);
    }

    Set<String> knownPorts() {
        var known = new TreeSet<>(tcp.keySet());
        known.addAll(udp.keySet());
        return known;
    }

    Set<String> knownProtocols() {
        return protocols.keySet();
    }

    /** An EtherType or, up to 1500, an 802.2 service access point; negative if the name is unknown. */
    static int etherProtocol(String name) {
        return switch (name) {
            case "ip" -> LinkTests.IP;
            case "ip6" -> LinkTests.IP6;
            case "arp" -> LinkTests.ARP;
            case "rarp" -> LinkTests.REVARP;
            case "aarp" -> LinkTests.AARP;
            case "atalk" -> LinkTests.ATALK;
            case "decnet" -> LinkTests.DECNET;
            case "lat" -> 0x6004;
            case "loopback" -> 0x9000;
            case "mopdl" -> 0x6001;
            case "moprc" -> 0x6002;
            case "sca" -> 0x6007;
            case "lldp" -> 0x88cc;
            case "slow" -> 0x8809;
            case "iso" -> LinkTests.SAP_ISO;
            case "stp" -> LinkTests.SAP_STP;
            case "ipx" -> LinkTests.SAP_IPX;
            case "netbeui" -> LinkTests.SAP_NETBEUI;
            default -> -1;
        };
    }

    static int isoProtocol(String name) {
        return switch (name) {
            case "clnp" -> 0x81;
            case "esis" -> 0x82;
            case "isis" -> 0x83;
            default -> -1;
        };
    }
}
