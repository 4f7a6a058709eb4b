package io.pairwire.output.analysis;

import java.util.ArrayList;
import java.util.List;

/** Moments to name along an axis of time: round ones, and no more than there is room for. */
final class TimeAxis {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<Long> STEPS = steps();

    /** Digits of a second that a moment has as text. */
    private static final int DIGITS = 9;

    private TimeAxis() {}

    /** @param text what to write there, as short as the step allows */
    record Label(long epochNanos, String text) {}

    private static List<Long> steps() {
        var steps = new ArrayList<Long>();
        for (long ten = 1; ten < SECOND; ten *= 10) steps.addAll(List.of(ten, 2 * ten, 5 * ten));
        for (long unit : new long[] {SECOND, MINUTE}) {
            for (int times : new int[] {1, 2, 5, 10, 15, 30}) steps.add(times * unit);
        }
        for (int times : new int[] {1, 2, 3, 6, 12}) steps.add(times * HOUR);
        for (long ten = DAY; ten <= 10_000 * DAY; ten *= 10) steps.addAll(List.of(ten, 2 * ten, 5 * ten));
        return List.copyOf(steps);
    }

    /**
     * The round step between labels that leaves two characters of room between neighbours.
     *
     * @param spanNanos what the axis shows, above 0
     * @param characters how many fit on it
     */
    static long step(double spanNanos, int characters) {
        for (long step : STEPS) {
            if (spanNanos / step * (length(step) + 2) <= characters) return step;
        }
        return STEPS.getLast();
    }

    /** The labels from {@code first} on, in their order; none if the span has no round moment. */
    static List<Label> labels(long first, double spanNanos, int characters) {
        long step = step(spanNanos, characters);
        var labels = new ArrayList<Label>();
        long behind = Math.floorMod(-Math.floorMod(first, step), step); // to the first round moment
        for (long i = 0; i < characters && behind + (double) i * step < spanNanos; i++) {
            long epochNanos = first + behind + i * step;
            if (epochNanos < first) break; // past the last moment there is
            labels.add(new Label(epochNanos, text(epochNanos, step)));
        }
        return labels;
    }

    private static String text(long epochNanos, long step) {
        String moment = ReportText.moment(epochNanos); // 2026-01-31T12:00:00.000000000Z
        if (step >= DAY) return moment.substring(0, 10);
        if (step >= MINUTE) return epochNanos % DAY == 0 ? moment.substring(5, 10) : moment.substring(11, 16);
        return moment.substring(11, 11 + length(step));
    }

    private static int length(long step) {
        if (step >= DAY) return "2026-01-31".length();
        if (step >= MINUTE) return "12:00".length();
        if (step >= SECOND) return "12:00:00".length();
        int zeros = 0;
        for (long rest = step; rest % 10 == 0; rest /= 10) zeros++;
        return "12:00:00.".length() + DIGITS - zeros;
    }
}
