package io.pairwire.decode.filter.vfm;

import java.util.Locale;

/**
 * Fields that {@code IPV6_EXT} finds, in the order of their numbers, under the names that VFLisp gives them.
 *
 * <p>In {@link VfmMode#SOUND} all are found; an operand of {@link #LOW} and the number gives the low half of an IPv6 address (the
 * number alone gives the high one), {@link #PRESENT} and the number gives 1 if the packet has the field, otherwise 0. In the other
 * modes there are the ports, of IPv6 only, and {@link #HAS_EXT_HDR} to {@link #FRAG_FLAGS}.
 */
public enum VfmField {
    /** The protocol of IPv4, or the first next header of IPv6 that is no extension header. */
    PROTO,
    SRC_IP,
    DST_IP,
    /** Of TCP, UDP, SCTP and DCCP; absent behind the first fragment. */
    SRC_PORT,
    DST_PORT,
    /** The first one of the frame. */
    ETHERTYPE,
    /** The total length of IPv4; for IPv6 the payload's and 40. */
    IP_LEN,
    TCP_FLAGS,
    /** 4, 6, or 0 for what is not IP; never absent. */
    IP_VERSION,
    SRC_IP4,
    DST_IP4,
    SRC_IP6,
    DST_IP6,
    NEXT_HDR,
    HOP_LIMIT,
    /** From here to {@link #FRAG_FLAGS} 0 for what is not IPv6; never absent. */
    HAS_EXT_HDR,
    EXT_HDR_COUNT,
    /** Bytes of all extension headers. */
    EXT_HDR_LEN,
    FINAL_PROTO,
    FRAG_ID,
    /** In units of 8 bytes. */
    FRAG_OFFSET,
    /** The lowest three bits of the fragment header's second word. */
    FRAG_FLAGS,
    /** The type behind all VLAN tags. */
    INNER_ETHERTYPE;

    /** Added to a number: the low half. */
    public static final int LOW = 64;

    /** Added to a number: is the field there? */
    public static final int PRESENT = 128;

    private static final VfmField[] ALL = values();

    /** Its number. */
    public int number() {
        return ordinal();
    }

    /** Its name in VFLisp. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Is the field an address of IPv6, 128 bits? */
    public boolean isWide() {
        return this == SRC_IP6 || this == DST_IP6;
    }

    /** Does every packet have it? */
    public boolean isAlwaysPresent() {
        return switch (this) {
            case ETHERTYPE, INNER_ETHERTYPE, IP_VERSION -> true;
            default -> ordinal() >= HAS_EXT_HDR.ordinal() && ordinal() <= FRAG_FLAGS.ordinal();
        };
    }

    /** Is the way through extension headers needed to find it? */
    public boolean isBehindNetwork() {
        return switch (this) {
            case PROTO, SRC_PORT, DST_PORT, TCP_FLAGS -> true;
            default -> ordinal() >= HAS_EXT_HDR.ordinal() && ordinal() <= FRAG_FLAGS.ordinal();
        };
    }

    static int count() {
        return ALL.length;
    }

    static VfmField of(int number) {
        return ALL[number];
    }
}
