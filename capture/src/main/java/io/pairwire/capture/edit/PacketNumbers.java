package io.pairwire.capture.edit;

import java.util.Arrays;
import java.util.Comparator;

/** A set of packet numbers, such as {@code 5-10,20,30-}; numbers begin at 1. Immutable. */
public final class PacketNumbers {
    /** All of them. */
    public static final PacketNumbers ALL = new PacketNumbers(new long[] {1}, new long[] {Long.MAX_VALUE});

    // Ranges in order that neither touch nor overlap.
    private final long[] first;
    private final long[] last;

    private PacketNumbers(long[] first, long[] last) {
        this.first = first;
        this.last = last;
    }

    /**
     * Reads numbers and ranges with commas between them; a range without an end goes on for ever. They may come in any
     * order and overlap.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static PacketNumbers parse(String text) {
        long[][] ranges = Arrays.stream(text.split(",", -1))
                .map(range -> range(range.strip(), text))
                .sorted(Comparator.comparingLong(range -> range[0]))
                .toArray(long[][]::new);
        long[] first = new long[ranges.length];
        long[] last = new long[ranges.length];
        int count = 0;
        for (long[] range : ranges) {
            if (count > 0 && range[0] - 1 <= last[count - 1]) {
                last[count - 1] = Math.max(last[count - 1], range[1]);
            } else {
                first[count] = range[0];
                last[count++] = range[1];
            }
        }
        return new PacketNumbers(Arrays.copyOf(first, count), Arrays.copyOf(last, count));
    }

    private static long[] range(String range, String text) {
        if (!range.matches("\\d{1,18}(-\\d{0,18})?")) {
            throw new IllegalArgumentException("not packet numbers: '" + text + "' (such as 5-10,20,30-)");
        }
        int dash = range.indexOf('-');
        long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
        String end = range.substring(dash + 1);
        long last = dash < 0 ? first : end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
        if (first < 1) throw new IllegalArgumentException("packets are numbered from 1: '" + text + "'");
        if (last < first) throw new IllegalArgumentException("ends before it begins: '" + range + "'");
        return new long[] {first, last};
    }

    /** Is that number in the set? */
    public boolean contains(long number) {
        int at = Arrays.binarySearch(first, number);
        if (at >= 0) return true;
        int before = -at - 2; // the last range that begins below the number
        return before >= 0 && number <= last[before];
    }

    /** Is a number of the set in the range, both ends inside? */
    public boolean intersects(long low, long high) {
        int at = Arrays.binarySearch(first, high);
        if (at >= 0) return true;
        int before = -at - 2; // the last range that begins below
        return before >= 0 && last[before] >= low;
    }

    /** The greatest number in the set, {@link Long#MAX_VALUE} if there is none greatest. */
    public long last() {
        return last[last.length - 1];
    }
}
