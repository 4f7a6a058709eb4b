package io.pairwire.engine.compare;

import java.util.List;

/**
 * Something that differs, with where to look.
 *
 * @param kind its name in reports: {@code missing_in_b}, {@code ttl}
 * @param severity how much it matters
 * @param count how many packets, stretches or sessions
 * @param what one sentence
 * @param cause what usually does this
 * @param evidence the first places
 */
public record Finding(String kind, Severity severity, long count, String what, String cause, List<Evidence> evidence) {

    /** Places that are told of one finding at most. */
    public static final int PLACES = 5;

    public Finding {
        evidence = List.copyOf(evidence);
    }

    /**
     * A place in both captures.
     *
     * @param packetA number of the packet in A from 1, 0 if there is none
     * @param packetB the same in B
     * @param who whose packet it is, as far as that was looked at
     * @param what the difference there, may be empty: {@code 64 -> 63}
     */
    public record Evidence(long packetA, long packetB, Endpoints who, String what) {}
}
