package io.pairwire.engine.generate;

/**
 * SplitMix64: 64 bits of state, one addition and one mix a number. The library's generators may change between releases;
 * this one must not, since captures are reproduced from their seeds.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 *     Generators, OOPSLA 2014</a>
 */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    /** A bijection of 64 bits: different values stay different. */
    static long mix(long value) {
        value = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        value = (value ^ value >>> 27) * 0x94d049bb133111ebL;
        return value ^ value >>> 31;
    }

    long next() {
        return mix(state += GOLDEN_GAMMA);
    }

    /** From 0 to {@code bound} - 1; the bias is below {@code bound} / 2^64. */
    long below(long bound) {
        return Math.unsignedMultiplyHigh(next(), bound);
    }

    /** From {@code least} to {@code most}. */
    long between(long least, long most) {
        return least + below(most - least + 1);
    }

    /** At least 0, less than 1. */
    double unit() {
        return (next() >>> 11) * UNIT;
    }

    /** True with the given probability; draws nothing for 0, so that a plan without losses does not depend on them. */
    boolean chance(double probability) {
        return probability > 0 && unit() < probability;
    }

    /** Normal distribution, mean 0, deviation 1 (Box and Muller); StrictMath gives the same bits everywhere. */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    long draw(Delay delay) {
        return switch (delay) {
            case Delay.Constant(long nanos) -> nanos;
            case Delay.Uniform(long least, long most) -> between(least, most);
            case Delay.LogNormal(long median, double sigma) ->
                (long) Math.min(median * StrictMath.exp(sigma * gaussian()), Delay.LONGEST);
        };
    }
}
