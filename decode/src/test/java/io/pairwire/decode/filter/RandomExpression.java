package io.pairwire.decode.filter;

import java.util.Random;

/** Expressions of random make; some mean nothing on some link types. */
public final class RandomExpression {
    private final Random random;

    public RandomExpression(long seed) {
        random = new Random(seed);
    }

    public String next(int depth) {
        if (depth <= 0 || random.nextInt(3) == 0) return primitive();
        return switch (random.nextInt(5)) {
            case 0 -> "not " + next(depth - 1);
            case 1 -> "(" + next(depth - 1) + ")";
            default -> next(depth - 1) + pick(" and ", " or ") + next(depth - 1);
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String primitive() {
        return switch (random.nextInt(8)) {
            case 0 ->
                pick(
                        "ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "sctp", "stp", "ipx", "iso", "l1", "atalk",
                        "ah");
            case 1 -> pick("", "src ", "dst ", "src and dst ") + pick("port 80", "port 53", "portrange 1-1000");
            case 2 ->
                pick("", "src ", "dst ")
                        + pick("host 10.0.0.1", "net 10", "net 192.168.0.0/16", "host ::1", "src host fe80::1");
            case 3 ->
                pick("vlan", "vlan 5", "mpls", "pppoes", "geneve", "vxlan 5", "ip6 protochain 6", "ip protochain 17");
            case 4 ->
                pick("broadcast", "multicast", "less 100", "len > 60", "llc", "byte 12 = 8", "inbound", "ip multicast");
            case 5 -> pick("type mgt", "subtype beacon", "dir tods", "wlan ta 1:2:3:4:5:6", "ether host 1:2:3:4:5:6");
            case 6 -> pick("ip proto ", "ip6 proto ", "proto ", "ether proto ") + pick("6", "17", "44", "0x800");
            default -> value(2) + pick(" = ", " != ", " < ", " >= ", " > ") + value(1);
        };
    }

    private String value(int depth) {
        if (depth <= 0 || random.nextInt(3) == 0) {
            return pick(
                    "0",
                    "1",
                    "6",
                    "80",
                    "0xff",
                    "len",
                    "ip[0]",
                    "ip[2:2]",
                    "tcp[0:2]",
                    "udp[len]",
                    "ether[12:2]",
                    "link[0:4]",
                    "ip6[6]",
                    "icmp6[0]");
        }
        return "(" + value(depth - 1) + pick("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>") + value(depth - 1)
                + ")";
    }
}
