package io.pairwire.decode.wire;

/** Network layer protocol identifiers of ISO/IEC TR 9577, as far as IP may follow. */
public final class Nlpid {
    /** A {@link Snap} header follows. */
    public static final int SNAP = 0x80;

    public static final int IPV6 = 0x8e;
    public static final int IPV4 = 0xcc;

    /** A {@link Ppp} header follows (RFC 1973). */
    public static final int PPP = 0xcf;

    private Nlpid() {}
}
