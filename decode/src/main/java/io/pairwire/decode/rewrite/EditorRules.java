package io.pairwire.decode.rewrite;

import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;

/** Some addresses exchanged, everything else as it is. */
final class EditorRules implements EditRules {
    private final MovedNetwork[] networks4;
    private final MovedNetwork[] networks6;
    private final MovedMac[] macs;
    private final boolean right;
    private long mappedHigh;
    private long mappedLow;

    EditorRules(EditorSettings settings) {
        networks4 = settings.networks().stream().filter(n -> !n.ipv6()).toArray(MovedNetwork[]::new);
        networks6 = settings.networks().stream().filter(MovedNetwork::ipv6).toArray(MovedNetwork[]::new);
        macs = settings.macs().toArray(MovedMac[]::new);
        right = settings.rightChecksums();
    }

    @Override
    public long ipv4(long address) {
        for (MovedNetwork network : networks4) {
            if (network.contains(0, address)) return network.low(address);
        }
        return address;
    }

    @Override
    public void ipv6(long high, long low) {
        mappedHigh = high;
        mappedLow = low;
        for (MovedNetwork network : networks6) {
            if (!network.contains(high, low)) continue;
            mappedHigh = network.high(high);
            mappedLow = network.low(low);
            return;
        }
    }

    @Override
    public long mappedHigh() {
        return mappedHigh;
    }

    @Override
    public long mappedLow() {
        return mappedLow;
    }

    @Override
    public long mac(long mac) {
        for (MovedMac moved : macs) {
            if (moved.from() == mac) return moved.to();
        }
        return mac;
    }

    @Override
    public Payload payload() {
        return Payload.KEEP;
    }

    @Override
    public boolean clears() {
        return false;
    }

    @Override
    public Checksums checksums() {
        return right ? Checksums.RIGHT : Checksums.MOVE;
    }
}
