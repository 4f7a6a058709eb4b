package io.pairwire.output.print.summary;

import java.util.Map;

/**
 * Names of well-known ports, as in the
 * <a href="https://www.iana.org/assignments/service-names-port-numbers">registry of IANA</a>; a small choice of them.
 */
final class PortNames {
    private static final Map<Integer, String> BOTH = Map.ofEntries(
            Map.entry(7, "echo"),
            Map.entry(9, "discard"),
            Map.entry(13, "daytime"),
            Map.entry(20, "ftp-data"),
            Map.entry(21, "ftp"),
            Map.entry(22, "ssh"),
            Map.entry(23, "telnet"),
            Map.entry(25, "smtp"),
            Map.entry(37, "time"),
            Map.entry(43, "whois"),
            Map.entry(49, "tacacs"),
            Map.entry(53, "domain"),
            Map.entry(67, "bootps"),
            Map.entry(68, "bootpc"),
            Map.entry(69, "tftp"),
            Map.entry(70, "gopher"),
            Map.entry(79, "finger"),
            Map.entry(80, "http"),
            Map.entry(88, "kerberos"),
            Map.entry(110, "pop3"),
            Map.entry(111, "sunrpc"),
            Map.entry(119, "nntp"),
            Map.entry(123, "ntp"),
            Map.entry(137, "netbios-ns"),
            Map.entry(138, "netbios-dgm"),
            Map.entry(139, "netbios-ssn"),
            Map.entry(143, "imap2"),
            Map.entry(161, "snmp"),
            Map.entry(162, "snmp-trap"),
            Map.entry(179, "bgp"),
            Map.entry(194, "irc"),
            Map.entry(389, "ldap"),
            Map.entry(443, "https"),
            Map.entry(445, "microsoft-ds"),
            Map.entry(465, "submissions"),
            Map.entry(500, "isakmp"),
            Map.entry(502, "mbap"),
            Map.entry(546, "dhcpv6-client"),
            Map.entry(547, "dhcpv6-server"),
            Map.entry(554, "rtsp"),
            Map.entry(587, "submission"),
            Map.entry(631, "ipp"),
            Map.entry(636, "ldaps"),
            Map.entry(853, "domain-s"),
            Map.entry(873, "rsync"),
            Map.entry(989, "ftps-data"),
            Map.entry(990, "ftps"),
            Map.entry(993, "imaps"),
            Map.entry(995, "pop3s"),
            Map.entry(1080, "socks"),
            Map.entry(1194, "openvpn"),
            Map.entry(1433, "ms-sql-s"),
            Map.entry(1701, "l2f"),
            Map.entry(1723, "pptp"),
            Map.entry(1812, "radius"),
            Map.entry(1813, "radius-acct"),
            Map.entry(1883, "mqtt"),
            Map.entry(2049, "nfs"),
            Map.entry(3128, "squid"),
            Map.entry(3260, "iscsi-target"),
            Map.entry(3306, "mysql"),
            Map.entry(3389, "ms-wbt-server"),
            Map.entry(3868, "diameter"),
            Map.entry(4789, "vxlan"),
            Map.entry(5060, "sip"),
            Map.entry(5061, "sip-tls"),
            Map.entry(5222, "xmpp-client"),
            Map.entry(5353, "mdns"),
            Map.entry(5432, "postgresql"),
            Map.entry(5672, "amqp"),
            Map.entry(6081, "geneve"),
            Map.entry(6379, "redis"),
            Map.entry(8080, "http-alt"));

    private static final Map<Integer, String> UDP =
            Map.of(514, "syslog", 520, "route", 2152, "gtp-user", 2123, "gtp-control");
    private static final Map<Integer, String> TCP = Map.of(513, "login", 514, "shell", 512, "exec");

    private PortNames() {}

    /** Empty where it has none here. */
    static String of(int port, boolean udp) {
        String name = BOTH.get(port);
        if (name == null) name = (udp ? UDP : TCP).get(port);
        return name == null ? "" : name;
    }
}
