package io.pairwire.decode.rewrite;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a {@link PacketEditor} changes.
 *
 * @param networks the first that contains an address decides
 * @param macs the first whose address it is decides
 * @param sourceMac written into every Ethernet header after that
 * @param destinationMac the same
 * @param rightChecksums whether checksums that were wrong are put right too, as far as all that they cover was captured
 */
public record EditorSettings(
        List<MovedNetwork> networks,
        List<MovedMac> macs,
        OptionalLong sourceMac,
        OptionalLong destinationMac,
        boolean rightChecksums) {

    public EditorSettings {
        networks = List.copyOf(networks);
        macs = List.copyOf(macs);
        check(sourceMac);
        check(destinationMac);
    }

    private static void check(OptionalLong mac) {
        if (mac.isPresent() && (mac.getAsLong() < 0 || mac.getAsLong() > MovedMac.LARGEST)) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /** Does nothing change? */
    public boolean isEmpty() {
        return networks.isEmpty()
                && macs.isEmpty()
                && sourceMac.isEmpty()
                && destinationMac.isEmpty()
                && !rightChecksums;
    }
}
