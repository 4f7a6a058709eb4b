package io.pairwire.decode.filter.ir;

import org.jspecify.annotations.Nullable;

/**
 * What is known about registers on the way to a block: a comparison that held or did not, and what was known before.
 *
 * @param before what was known before; null at the start
 */
record Facts(
        Comparison comparison,
        int register,
        int constant,
        boolean holds,
        @Nullable Facts before) {
    /** Facts looked at for one answer: enough for any filter by hand, and a bound for generated ones. */
    private static final int MOST = 512;

    /** Whether the comparison holds, as far as it is known. */
    enum Answer {
        YES,
        NO,
        UNKNOWN;

        static Answer of(boolean holds) {
            return holds ? YES : NO;
        }
    }

    /** The answer to a question about a register and a constant, from these facts and all before; bounds are looked at if {@code bounds}. */
    static Answer answer(@Nullable Facts known, Comparison comparison, int register, int constant, boolean bounds) {
        long low = 0;
        long high = 0xffff_ffffL;
        int looked = 0;
        for (Facts fact = known; fact != null && looked < MOST; fact = fact.before) {
            looked++;
            if (fact.register != register) continue;
            if (fact.comparison == comparison && fact.constant == constant) return Answer.of(fact.holds);
            long number = fact.constant & 0xffff_ffffL;
            switch (fact.comparison) {
                case EQUAL -> {
                    if (fact.holds) return Answer.of(comparison.holds(fact.constant, constant));
                }
                case GREATER -> {
                    if (fact.holds) low = Math.max(low, number + 1);
                    else high = Math.min(high, number);
                }
                case GREATER_OR_EQUAL -> {
                    if (fact.holds) low = Math.max(low, number);
                    else high = Math.min(high, number - 1);
                }
                case COMMON_BITS -> {
                    if (!fact.holds && comparison == Comparison.COMMON_BITS && (constant & ~fact.constant) == 0) {
                        return Answer.NO;
                    }
                }
            }
        }
        return bounds ? inRange(comparison, constant & 0xffff_ffffL, low, high) : Answer.UNKNOWN;
    }

    private static Answer inRange(Comparison comparison, long number, long low, long high) {
        return switch (comparison) {
            case EQUAL -> number < low || number > high ? Answer.NO : Answer.UNKNOWN;
            case GREATER -> low > number ? Answer.YES : high <= number ? Answer.NO : Answer.UNKNOWN;
            case GREATER_OR_EQUAL -> low >= number ? Answer.YES : high < number ? Answer.NO : Answer.UNKNOWN;
            case COMMON_BITS -> Answer.UNKNOWN;
        };
    }
}
