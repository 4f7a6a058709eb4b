package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TimeResolutionProperties {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    /** The same with numbers of any length: rounded down, then brought into the range. */
    private static long exactly(TimeResolution resolution, long units, long offsetSeconds) {
        var count = new BigInteger(Long.toUnsignedString(units));
        var perSecond = BigInteger.valueOf(resolution.binary() ? 2 : 10).pow(resolution.exponent());
        var nanos = count.multiply(NANOS).divide(perSecond);
        var sum = nanos.add(BigInteger.valueOf(offsetSeconds).multiply(NANOS));
        return sum.max(BigInteger.valueOf(TimeResolution.EARLIEST))
                .min(BigInteger.valueOf(TimeResolution.LATEST))
                .longValueExact();
    }

    @Provide
    Arbitrary<Long> offsets() {
        return Arbitraries.oneOf(
                Arbitraries.just(0L),
                Arbitraries.longs().between(-10_000_000_000L, 10_000_000_000L),
                Arbitraries.longs());
    }

    @Property(tries = 3_000)
    void times_are_exact_whatever_the_resolution(
            @ForAll long units,
            @ForAll @IntRange(max = 127) int exponent,
            @ForAll boolean binary,
            @ForAll("offsets") long offset) {
        var resolution = new TimeResolution(exponent, binary);
        long expected = exactly(resolution, units, offset);
        boolean beyondSeconds = new BigInteger(Long.toUnsignedString(units))
                        .divide(BigInteger.valueOf(binary ? 2 : 10).pow(exponent))
                        .bitLength()
                > 63;
        if (beyondSeconds) expected = TimeResolution.LATEST;
        assertEquals(expected, resolution.epochNanos(units, offset));
        assertEquals(expected, new PcapngInterface(0, 1, 0, resolution, offset).epochNanos(units));
    }

    @Property(tries = 500)
    void usual_times_take_the_quick_way_and_are_exact(
            @ForAll @IntRange(max = 9) int exponent, @ForAll @IntRange(max = Integer.MAX_VALUE) int seconds) {
        var resolution = new TimeResolution(exponent, false);
        long perSecond = (long) Math.pow(10, exponent);
        long units = seconds * perSecond + perSecond / 2;
        assertEquals(exactly(resolution, units, -7), new PcapngInterface(0, 1, 0, resolution, -7).epochNanos(units));
    }

    @Example
    void the_difference_of_two_times_never_overflows() {
        assertTrue(TimeResolution.LATEST - TimeResolution.EARLIEST > 0);
        assertEquals(Long.MAX_VALUE, Math.subtractExact(TimeResolution.LATEST, TimeResolution.EARLIEST));
    }

    @Example
    void a_resolution_is_told_by_a_byte_and_checks_itself() {
        assertEquals(TimeResolution.MICROSECONDS, TimeResolution.of(6));
        assertEquals(new TimeResolution(10, true), TimeResolution.of(0x8a));
        assertEquals(0x8a, new TimeResolution(10, true).option());
        assertEquals("2^-10", new TimeResolution(10, true).toString());
        assertEquals("10^-9", TimeResolution.NANOSECONDS.toString());
        assertThrows(IllegalArgumentException.class, () -> new TimeResolution(128, false));
        assertThrows(IllegalArgumentException.class, () -> new TimeResolution(-1, true));
    }
}
