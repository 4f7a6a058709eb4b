package io.pairwire.output;

/**
 * Moments as ASCII, written straight into bytes.
 *
 * <p>Keeps the text of the last second, since most results share it with the one before. Not thread-safe.
 */
public final class TimeText {
    /** The longest moment, {@code 2026-01-31T12:00:00.000001000Z}. */
    public static final int LONGEST = 30;

    private static final long SECOND = 1_000_000_000;
    private static final int DAY = 86_400;
    private static final int TIME_OF_DAY = 11;

    private final TimeFormat format;
    private final byte[] seconds = Bytes.of("1970-01-01 00:00:00.");
    private long second;

    /** A printer of moments in that format. */
    public TimeText(TimeFormat format) {
        this.format = format;
        if (format == TimeFormat.ISO) seconds[10] = 'T';
    }

    /** Writes any moment a {@code long} of nanoseconds holds, years 1677 to 2262; answers the position behind. */
    public int moment(byte[] to, int at, long epochNanos) {
        long whole = Math.floorDiv(epochNanos, SECOND);
        int nanos = (int) (epochNanos - whole * SECOND);
        if (whole != second) print(whole);
        int next = Bytes.copy(seconds, to, at);
        if (format == TimeFormat.CLASSIC) return Digits.padded(to, next, nanos / 1_000, 6);
        next = Digits.padded(to, next, nanos, 9);
        to[next] = 'Z';
        return next + 1;
    }

    /**
     * Date and time of day in UTC with {@code digits} digits of the second, 1 to 9; answers the position behind.
     * Needs room for nine digits.
     */
    public int dateAndTime(byte[] to, int at, long epochNanos, int digits) {
        return from(0, to, at, epochNanos, digits);
    }

    /** Time of day in UTC alone, otherwise the same. */
    public int timeOfDay(byte[] to, int at, long epochNanos, int digits) {
        return from(TIME_OF_DAY, to, at, epochNanos, digits);
    }

    private int from(int start, byte[] to, int at, long epochNanos, int digits) {
        long whole = Math.floorDiv(epochNanos, SECOND);
        int nanos = (int) (epochNanos - whole * SECOND);
        if (whole != second) print(whole);
        int length = seconds.length - start;
        System.arraycopy(seconds, start, to, at, length);
        Digits.padded(to, at + length, nanos, 9); // the digits that are not wanted are overwritten by what follows
        return at + length + digits;
    }

    /** Days to a date in the proleptic Gregorian calendar, counted in years that begin on 1 March. */
    private void print(long whole) {
        second = whole;
        long days = Math.floorDiv(whole, DAY);
        int ofDay = (int) (whole - days * DAY);
        int shifted = (int) days + 719_468; // days since 0000-03-01, so the leap day is the last of its year
        int era = shifted / 146_097;
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        Digits.padded(seconds, 0, year, 4);
        Digits.padded(seconds, 5, month, 2);
        Digits.padded(seconds, 8, day, 2);
        Digits.padded(seconds, 11, ofDay / 3_600, 2);
        Digits.padded(seconds, 14, ofDay / 60 % 60, 2);
        Digits.padded(seconds, 17, ofDay % 60, 2);
    }
}
