package io.pairwire.engine.generate;

import io.pairwire.memory.DurationText;

/** How long something takes, drawn anew each time. All times are nanoseconds, from 0 to one hour. */
public sealed interface Delay {

    /** The longest delay, nanoseconds: one hour. */
    long LONGEST = 3_600_000_000_000L;

    /** Always the same. */
    record Constant(long nanos) implements Delay {
        public Constant {
            check(nanos);
        }

        @Override
        public String toString() {
            return DurationText.format(nanos);
        }
    }

    /** Evenly spread from {@code least} to {@code most}, both included. */
    record Uniform(long least, long most) implements Delay {
        public Uniform {
            check(least);
            check(most);
            if (least > most) throw new IllegalArgumentException("least exceeds most: " + least + " > " + most);
        }

        @Override
        public String toString() {
            return DurationText.format(least) + "-" + DurationText.format(most);
        }
    }

    /**
     * Log-normal: most values near the median, a long tail above, as real services answer. Values above
     * {@link #LONGEST} become that.
     *
     * @param sigma deviation of the logarithm, from 0 to 5; with 0.5 one value in a thousand exceeds 4.7 medians
     */
    record LogNormal(long median, double sigma) implements Delay {
        public LogNormal {
            check(median);
            if (!(sigma >= 0 && sigma <= 5)) throw new IllegalArgumentException("sigma is not in 0..5: " + sigma);
        }

        @Override
        public String toString() {
            return "lognormal:" + DurationText.format(median) + ":" + sigma;
        }
    }

    private static void check(long nanos) {
        if (nanos < 0 || nanos > LONGEST) throw new IllegalArgumentException("delay is not in 0..1h: " + nanos + " ns");
    }

    /**
     * Reads {@code 1ms} (constant), {@code 200us-5ms} (uniform), {@code lognormal} (median 1 ms, sigma 0.5),
     * {@code lognormal:MEDIAN} or {@code lognormal:MEDIAN:SIGMA}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static Delay parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts[0].equals("lognormal") && parts.length <= 3) {
            long median = parts.length > 1 ? DurationText.parseNanos(parts[1]) : 1_000_000;
            return new LogNormal(median, parts.length > 2 ? parseSigma(parts[2]) : 0.5);
        }
        int dash = text.indexOf('-', 1);
        if (dash < 0) return new Constant(DurationText.parseNanos(text));
        return new Uniform(
                DurationText.parseNanos(text.substring(0, dash)), DurationText.parseNanos(text.substring(dash + 1)));
    }

    private static double parseSigma(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException cause) {
            throw new IllegalArgumentException("sigma is no number: '" + text + "'", cause);
        }
    }
}
