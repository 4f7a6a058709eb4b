package io.pairwire.decode.rewrite;

import io.pairwire.decode.rewrite.AnonymizerSettings.Macs;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;

/** Addresses mapped under a key, and nothing left that could tell of those before. */
final class AnonymizerRules implements EditRules {
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final long GROUP = 0x0100_0000_0000L;
    private static final long IPV6_GROUP = 0x3333_0000_0000L;
    private static final long LINK_LOCAL_GROUP = 0xff02_0000_0000_0000L;

    private final AnonymizerSettings settings;
    private final PrefixPreservation addresses;
    private final MacPermutation macs;

    AnonymizerRules(AnonymizationKey key, AnonymizerSettings settings, MappingListener listener) {
        this.settings = settings;
        addresses = new PrefixPreservation(key, settings.kept(), listener);
        macs = new MacPermutation(key, settings.macs() == Macs.OUI, listener);
    }

    @Override
    public long ipv4(long address) {
        return addresses.ipv4(address);
    }

    @Override
    public void ipv6(long high, long low) {
        addresses.ipv6(high, low);
    }

    @Override
    public long mappedHigh() {
        return addresses.mappedHigh();
    }

    @Override
    public long mappedLow() {
        return addresses.mappedLow();
    }

    @Override
    public long mac(long mac) {
        if (settings.macs() == Macs.KEEP) return mac;
        if ((mac & GROUP) == 0 || !settings.keepsGroupMacs()) return macs.map(mac);
        if (mac == BROADCAST || mac >>> 32 != IPV6_GROUP >>> 32) return mac;
        // The low half of an IPv6 group's MAC is that of its address (RFC 2464 §7), which follows from an address of
        // the
        // host if the group is a solicited-node one; link-local scope is the guess for those.
        addresses.ipv6(LINK_LOCAL_GROUP, 0x1_0000_0000L | mac & 0xffff_ffffL);
        return IPV6_GROUP | addresses.mappedLow() & 0xffff_ffffL;
    }

    @Override
    public Payload payload() {
        return settings.payload();
    }

    @Override
    public boolean clears() {
        return true;
    }

    @Override
    public Checksums checksums() {
        return Checksums.HIDE;
    }
}
