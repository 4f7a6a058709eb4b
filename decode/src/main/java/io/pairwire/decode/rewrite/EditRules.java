package io.pairwire.decode.rewrite;

import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;

/** What becomes of the parts of a packet. Not thread-safe. */
interface EditRules {

    /** What becomes of checksums over bytes that changed. */
    enum Checksums {
        /** Right ones are right again; wrong ones stay wrong, by a difference that tells nothing of the bytes before. */
        HIDE,
        /** Moved by the difference (RFC 1624): right ones are right again, wrong ones as wrong as before. */
        MOVE,
        /** All of them right, where all that they cover was captured. */
        RIGHT
    }

    /** What becomes of an IPv4 address, in the low 32 bits. */
    long ipv4(long address);

    /** Maps an IPv6 address to {@link #mappedHigh} and {@link #mappedLow}. */
    void ipv6(long high, long low);

    long mappedHigh();

    long mappedLow();

    /** What becomes of a MAC address, in the low 48 bits. */
    long mac(long mac);

    /** What becomes of bytes that belong to no header. */
    Payload payload();

    /** Must bytes go that may hold addresses, and are not understood? */
    boolean clears();

    Checksums checksums();
}
