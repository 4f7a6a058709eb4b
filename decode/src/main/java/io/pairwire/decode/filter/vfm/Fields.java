package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.Packet;

/** What the machine asks about headers. Never throws; allocates nothing; belongs to one thread. */
sealed interface Fields permits SoundFields, CompatFields {

    /** From here on questions are about this packet, which must stay where it is, and its first {@code length} bytes. */
    void moveTo(Packet packet, int length);

    /** The field of an operand of {@code IPV6_EXT}, 0 to 255; 0 if there is none. */
    long field(int operand);

    /** 4, 6, or something else. */
    long version();

    /** A hash of addresses, ports and protocol of IPv4; 0 for anything else. */
    long hash5();

    /** A hash of addresses, ports and protocol of IPv6; 0 for anything else. */
    long hash6();

    /** Did a question about this packet need bytes that were not captured? */
    boolean isOutside();
}
