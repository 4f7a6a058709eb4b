package io.pairwire.decode.filter.pcap;

/** What stands before an address or a number and says how it is meant; it also holds for bare ones that follow. */
record Qualifiers(Protocol protocol, Direction direction, Kind kind) {
    /** Nothing to go by: a bare address cannot follow. */
    static final Qualifiers NONE = new Qualifiers(Protocol.ANY, Direction.ANY, Kind.NONE);

    enum Direction {
        ANY,
        SRC,
        DST,
        SRC_OR_DST,
        SRC_AND_DST,
        RA,
        TA,
        ADDR1,
        ADDR2,
        ADDR3,
        ADDR4;

        /** Either direction, said or not. */
        boolean isEither() {
            return this == ANY || this == SRC_OR_DST;
        }
    }

    enum Kind {
        NONE,
        ANY,
        HOST,
        NET,
        PORT,
        PORTRANGE,
        GATEWAY,
        PROTO,
        PROTOCHAIN
    }
}
