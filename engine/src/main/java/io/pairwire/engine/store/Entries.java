package io.pairwire.engine.store;

import java.util.Arrays;

/**
 * What {@link UnmatchedTable} knows of each key: four longs {key low, key high, time, reference}, by number.
 *
 * <p>Numbers are given out in order, and those that were given back first, the latest of them before the others. So the
 * entries of one moment lie side by side whatever their keys are, answers that come in the order of their questions find
 * the next entry in the cache, and there is no more memory than there ever were entries at a time. An entry without
 * reference is free.
 */
final class Entries {
    static final int KEY_HIGH = 1;
    static final int TIME = 2;
    static final int REFERENCE = 3;

    /** Entries there may be. */
    static final int MOST = 1 << 30;

    private static final int STRIDE = 4;
    private static final int PAGE_BITS = 13;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FIRST = 64;
    private static final int NONE = -1;

    // A page is a quarter of a megabyte with its header, so that four fill a region of a small heap of G1: the last
    // number
    // of each page is not used.
    private long[][] pages = {new long[FIRST * STRIDE]};
    private int begun;
    private int free = NONE;

    /** Numbers from 0 to below this were given out at some time. */
    int end() {
        return begun;
    }

    /** The longs of the page that holds an entry; it may be replaced by {@link #take}. */
    long[] page(int number) {
        return pages[number >>> PAGE_BITS];
    }

    /** Where in its page an entry begins. */
    static int at(int number) {
        return (number & PAGE - 1) * STRIDE;
    }

    /** A new entry, and its number. */
    int take(long keyLow, long keyHigh, long time, long reference) {
        int number = free;
        if (number == NONE) number = begin();
        else free = (int) pages[number >>> PAGE_BITS][at(number) + TIME];
        long[] page = pages[number >>> PAGE_BITS];
        int at = at(number);
        page[at] = keyLow;
        page[at + KEY_HIGH] = keyHigh;
        page[at + TIME] = time;
        page[at + REFERENCE] = reference;
        return number;
    }

    private int begin() {
        int number = begun;
        if ((number & PAGE - 1) == PAGE - 1) number++;
        int index = number >>> PAGE_BITS;
        if (index == pages.length) pages = Arrays.copyOf(pages, index * 2);
        long[] page = pages[index];
        if (page == null) pages[index] = new long[PAGE / 4 * STRIDE];
        else if (at(number) == page.length)
            pages[index] = Arrays.copyOf(page, Math.min(page.length * 2, (PAGE - 1) * STRIDE));
        begun = number + 1;
        return number;
    }

    void giveBack(int number) {
        long[] page = page(number);
        int at = at(number);
        page[at + REFERENCE] = 0;
        page[at + TIME] = free;
        free = number;
    }

    long keyLow(int number) {
        return page(number)[at(number)];
    }

    long keyHigh(int number) {
        return page(number)[at(number) + KEY_HIGH];
    }

    long time(int number) {
        return page(number)[at(number) + TIME];
    }

    /** The reference of any number below {@link #end}, whether it is in use or not; 0 if it is not. */
    long waiting(int number) {
        return (number & PAGE - 1) == PAGE - 1 ? 0 : reference(number);
    }

    /** 0 if it is free. */
    long reference(int number) {
        return page(number)[at(number) + REFERENCE];
    }

    void reference(int number, long reference) {
        page(number)[at(number) + REFERENCE] = reference;
    }

    boolean isKeyOf(int number, long keyLow, long keyHigh) {
        long[] page = page(number);
        int at = at(number);
        return page[at] == keyLow && page[at + KEY_HIGH] == keyHigh;
    }

    long bytes() {
        long bytes = 0;
        for (long[] page : pages) if (page != null) bytes += (long) page.length * Long.BYTES;
        return bytes;
    }
}
