package io.pairwire.output.compare;

import io.pairwire.engine.compare.Endpoints;
import io.pairwire.engine.compare.Finding.Evidence;
import io.pairwire.output.AddressText;
import java.nio.charset.StandardCharsets;

/** A place in two captures in one line. */
final class EvidenceText {
    private EvidenceText() {}

    /** {@code packet 17 of A, 18 of B: 192.0.2.1:80 > 192.0.2.7:40000: 64 -> 63}. */
    static String of(Evidence place) {
        var text = new StringBuilder();
        if (place.packetA() > 0) text.append("packet ").append(place.packetA()).append(" of A");
        if (place.packetB() > 0) {
            text.append(place.packetA() > 0 ? ", " : "packet ")
                    .append(place.packetB())
                    .append(" of B");
        }
        String who = of(place.who());
        if (!who.isEmpty()) text.append(text.isEmpty() ? "" : ": ").append(who);
        if (!place.what().isEmpty()) text.append(text.isEmpty() ? "" : ": ").append(place.what());
        return text.toString();
    }

    /** {@code TCP 192.0.2.1:80 > 192.0.2.7:40000}; empty if nobody is known. */
    static String of(Endpoints who) {
        if (who.ipVersion() == 0) return "";
        boolean ipv6 = who.ipVersion() == 6;
        return protocol(who.protocol()) + " " + endpoint(ipv6, who.sourceHigh(), who.sourceLow(), who.sourcePort())
                + " > " + endpoint(ipv6, who.destinationHigh(), who.destinationLow(), who.destinationPort());
    }

    private static String protocol(int protocol) {
        return switch (protocol) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            default -> "IP protocol " + protocol;
        };
    }

    private static String endpoint(boolean ipv6, long high, long low, int port) {
        byte[] bytes = new byte[AddressText.LONGEST + 10];
        int end = port == 0
                ? AddressText.address(bytes, 0, ipv6, high, low)
                : AddressText.endpoint(bytes, 0, ipv6, high, low, port);
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }
}
