package io.pairwire.engine.analyse;

import java.util.Locale;

/** What makes a conversation or an endpoint large. */
public enum TalkMeasure {
    BYTES,
    PACKETS,
    /** Conversations of the transport, or of IP where there is none. */
    SESSIONS,
    RETRANSMISSIONS;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As in JSON and on the command line. */
    public String key() {
        return key;
    }

    long of(Talk talk) {
        return switch (this) {
            case BYTES -> talk.get(Talk.BYTES_UP) + talk.get(Talk.BYTES_DOWN);
            case PACKETS -> talk.get(Talk.PACKETS_UP) + talk.get(Talk.PACKETS_DOWN);
            case SESSIONS -> talk.get(Talk.SESSIONS);
            case RETRANSMISSIONS -> talk.get(Talk.RETRANSMISSIONS);
        };
    }
}
