package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.LinkType;

/**
 * Where a frame says what it carries, and where that begins, bytes from its start.
 *
 * @param type the two bytes of the type; {@link #NO_TYPE} if the first byte of IP tells
 * @param network the first byte behind the link header, VLAN tags not counted
 */
public record LinkPlaces(int type, int network) {
    public static final int NO_TYPE = -1;

    /** @throws IllegalArgumentException if nothing is known about the link type */
    public static LinkPlaces of(int linkType) {
        return switch (linkType) {
            case LinkType.ETHERNET -> new LinkPlaces(12, 14);
            case LinkType.LINUX_SLL -> new LinkPlaces(14, 16);
            case LinkType.LINUX_SLL2 -> new LinkPlaces(0, 20);
            case LinkType.RAW, LinkType.IPV4, LinkType.IPV6 -> new LinkPlaces(NO_TYPE, 0);
            default ->
                throw new IllegalArgumentException("fields are not known on link type " + LinkType.name(linkType));
        };
    }

    /** Is this type that of a VLAN tag (802.1Q, 802.1ad, and the one used before that)? */
    public static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }
}
