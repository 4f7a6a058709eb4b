package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PrefixPreservationProperties {

    @Property(tries = 300)
    void two_ipv4_addresses_share_as_many_leading_bits_after_as_before(
            @ForAll long seed, @ForAll int address, @ForAll int noise, @ForAll @IntRange(max = 32) int common) {
        var mapping = mapping(seed);
        int other = common == 32 ? address : address ^ (1 << 31 - common | noise & (1 << 31 - common) - 1);
        int first = (int) mapping.ipv4(Integer.toUnsignedLong(address));
        int second = (int) mapping.ipv4(Integer.toUnsignedLong(other));
        assertEquals(common, Integer.numberOfLeadingZeros(first ^ second));
        assertEquals(first, (int) mapping(seed).ipv4(Integer.toUnsignedLong(address)), "the key alone decides");
    }

    @Property(tries = 200)
    void two_ipv6_addresses_share_as_many_leading_bits_after_as_before(
            @ForAll long seed, @ForAll @IntRange(max = 128) int common) {
        var random = new Random(seed);
        var mapping = mapping(seed);
        long high = random.nextInt(3) == 0 ? 0xfe80_0000_0000_0000L : random.nextLong();
        long low = random.nextLong();
        long otherHigh = common >= 64 ? high : differing(high, common, random);
        long otherLow = common >= 128 ? low : common < 64 ? random.nextLong() : differing(low, common - 64, random);
        mapping.ipv6(high, low);
        long firstHigh = mapping.mappedHigh();
        long firstLow = mapping.mappedLow();
        mapping.ipv6(otherHigh, otherLow);
        long differenceHigh = firstHigh ^ mapping.mappedHigh();
        int shared = differenceHigh != 0
                ? Long.numberOfLeadingZeros(differenceHigh)
                : 64 + Long.numberOfLeadingZeros(firstLow ^ mapping.mappedLow());
        assertEquals(common, shared);
    }

    /** The first {@code common} bits stay, the next one differs, the rest is anything. */
    private static long differing(long value, int common, Random random) {
        long next = 1L << 63 - common;
        return value ^ next ^ random.nextLong() & next - 1;
    }

    /** Under any key, with some networks kept. */
    private static PrefixPreservation mapping(long seed) {
        var random = new Random(seed);
        var kept = new ArrayList<KeptNetwork>();
        if (random.nextBoolean()) kept.addAll(KeptNetwork.special());
        for (int left = random.nextInt(3); left > 0; left--) {
            kept.add(new KeptNetwork(
                    false, 0, random.nextInt() & 0xffff_ffffL, random.nextInt(33), random.nextInt(4) == 0));
            kept.add(new KeptNetwork(
                    true, random.nextLong(), random.nextLong(), random.nextInt(129), random.nextInt(4) == 0));
        }
        return new PrefixPreservation(AnonymizationKey.random(random), List.copyOf(kept), MappingListener.NONE);
    }
}
