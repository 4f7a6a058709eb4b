package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import java.util.Locale;
import java.util.OptionalInt;

/** Link types by name or number, as in the registry or as libpcap's DLT names say. */
final class LinkTypes {
    private static final int LARGEST = 65_535;
    private static final int LARGEST_NAMED = 400;

    private LinkTypes() {}

    static OptionalInt parse(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^(LINKTYPE_|DLT_)", "");
        if (name.matches("\\d{1,5}")) {
            int number = Integer.parseInt(name);
            return number <= LARGEST ? OptionalInt.of(number) : OptionalInt.empty();
        }
        switch (name) {
            case "EN10MB" -> {
                return OptionalInt.of(LinkType.ETHERNET);
            }
            case "IEEE802_11_RADIO" -> {
                return OptionalInt.of(LinkType.IEEE802_11_RADIOTAP);
            }
            case "IEEE802" -> {
                return OptionalInt.of(LinkType.IEEE802_5);
            }
            case "RAW" -> {
                return OptionalInt.of(LinkType.RAW);
            }
            case "PPP_SERIAL" -> {
                return OptionalInt.of(LinkType.PPP_HDLC);
            }
            default -> {
                for (int type = 0; type < LARGEST_NAMED; type++) {
                    if (LinkType.name(type).equals(name)) return OptionalInt.of(type);
                }
                return OptionalInt.empty();
            }
        }
    }
}
