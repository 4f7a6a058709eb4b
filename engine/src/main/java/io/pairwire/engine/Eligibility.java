package io.pairwire.engine;

import io.pairwire.decode.wire.Verdict;

/** Whether a packet can take part in matching, and if not, why. */
public enum Eligibility {
    /** It can. */
    ELIGIBLE("eligible"),
    /** ARP, spanning tree and whatever else is not IP. */
    NOT_IP("not_ip"),
    /** A piece of a datagram; its payload is not whole. */
    FRAGMENT("fragment"),
    /** IP with another transport than this kind of matching looks at. */
    NO_TRANSPORT("no_transport"),
    /** TCP or UDP without payload: handshakes, acknowledgments. */
    NO_PAYLOAD("no_payload"),
    /** The snapshot length cut the payload, so it cannot be compared. */
    TRUNCATED("truncated"),
    /** The snapshot length cut a header. */
    CUT_HEADER("cut_header"),
    /** A header contradicts itself. */
    MALFORMED("malformed"),
    /** A link type we do not decode. */
    UNSUPPORTED_LINK_TYPE("unsupported_link_type"),
    /** Captured nobody knows when, as a simple packet block of pcapng. */
    NO_TIME("no_time"),
    /** More headers than anyone needs. */
    TOO_DEEP("too_deep"),
    /** A TCP segment that was seen before. */
    RETRANSMISSION("retransmission"),
    /** The packet filter refused it. */
    FILTERED("filtered");

    private final String reason;

    Eligibility(String reason) {
        this.reason = reason;
    }

    /** What a packet with that verdict is for matching: a matcher's first question. */
    public static Eligibility of(Verdict verdict) {
        return switch (verdict) {
            case OK -> ELIGIBLE;
            case TRUNCATED -> CUT_HEADER;
            case MALFORMED -> MALFORMED;
            case UNSUPPORTED_LINK_TYPE -> UNSUPPORTED_LINK_TYPE;
            case TOO_DEEP -> TOO_DEEP;
        };
    }

    /** The name in statistics and reports; stable. */
    public String reason() {
        return reason;
    }
}
