package io.pairwire.engine.analyse;

import java.util.Locale;

/** Where two ends talk with each other. */
public enum TalkLayer {
    ETHERNET,
    IPV4,
    IPV6,
    TCP,
    UDP,
    SCTP;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As in JSON and on the command line. */
    public String key() {
        return key;
    }

    /** Do ends have a port here? */
    public boolean hasPorts() {
        return compareTo(TCP) >= 0;
    }
}
