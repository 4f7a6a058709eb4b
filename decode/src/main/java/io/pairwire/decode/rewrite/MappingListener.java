package io.pairwire.decode.rewrite;

/** Hears which address became which, for those who keep a list. */
@FunctionalInterface
public interface MappingListener {
    /** Keeps no list. */
    MappingListener NONE = (_, _, _, _, _) -> {};

    /** What kind of address. */
    enum Kind {
        IPV4,
        IPV6,
        MAC
    }

    /**
     * An address was mapped; called on the thread that rewrites, at least once for each address, seldom more often. Shorter
     * addresses are in the low bits of the lower half.
     */
    void mapped(Kind kind, long high, long low, long mappedHigh, long mappedLow);
}
