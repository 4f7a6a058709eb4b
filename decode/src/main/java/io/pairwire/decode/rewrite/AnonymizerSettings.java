package io.pairwire.decode.rewrite;

import java.util.List;

/**
 * What an {@link Anonymizer} does.
 *
 * @param macs what becomes of MAC addresses
 * @param payload what becomes of bytes that belong to no header known here
 * @param kept networks that IP addresses stay in
 * @param keepsGroupMacs whether MAC addresses of groups stay; those of solicited-node groups follow their IPv6 address
 */
public record AnonymizerSettings(Macs macs, Payload payload, List<KeptNetwork> kept, boolean keepsGroupMacs) {

    /** What becomes of MAC addresses. */
    public enum Macs {
        /** They stay. */
        KEEP,
        /** They are mapped under the key; the I/G bit stays. */
        HASH,
        /** The vendor's three bytes stay, the others are mapped. */
        OUI
    }

    /** What becomes of bytes that belong to no header known here. */
    public enum Payload {
        /** They stay, with whatever addresses are written in them. */
        KEEP,
        /** They become 0; lengths stay. */
        ZERO,
        /** The packet is cut before them, as a snapshot length would have done; its original length stays. */
        CUT
    }

    public AnonymizerSettings {
        kept = List.copyOf(kept);
    }

    /** MAC addresses mapped, payload zeroed, special addresses kept. */
    public static AnonymizerSettings defaults() {
        return new AnonymizerSettings(Macs.HASH, Payload.ZERO, KeptNetwork.special(), true);
    }
}
