package io.pairwire.engine.store;

import java.util.Arrays;

/**
 * The pages of {@link UnmatchedTable}, by the leading bits of the key: extendible hashing.
 *
 * <p>A directory of 2^depth references leads to pages of at most LARGE slots. A full page grows in steps up to LARGE and
 * then splits in two by the next key bit, so growth touches one page at a time (a quarter of a megabyte, well below a
 * millisecond) and there is never a table to move. The sizes are chosen so that a page that has grown is more than half
 * full, 32 / 0.8 = 40 to 60 bytes an entry, and so that whole pages fill the regions of one megabyte that G1 uses in
 * small heaps.
 *
 * <p>Someone who prepares keys for this very directory could crowd them into one page; beyond MOST_DEPTH that page grows,
 * slow but sound.
 */
final class Directory {
    static final int LARGE = 8 * 1020;

    private static final int SMALL = 64;
    private static final int MIDDLE = 6 * 1024;
    private static final int MOST_DEPTH = 20;

    private Page[] pages = {new Page(SMALL, 0)};
    private int depth;

    /** The page where the key belongs. */
    Page page(long key) {
        return pages[depth == 0 ? 0 : (int) (key >>> 64 - depth)];
    }

    /** References there are; several in a row may lead to one page. */
    int length() {
        return pages.length;
    }

    Page at(int index) {
        return pages[index];
    }

    /** The first reference to the page behind the one at {@code index}, or {@link #length}. */
    int behind(int index) {
        return index + (1 << depth - pages[index].depth);
    }

    /** Makes room in the page where the key belongs. */
    void grow(long key) {
        Page full = page(key);
        if (full.capacity < LARGE || full.depth == MOST_DEPTH) {
            int capacity = full.capacity * 2;
            if (full.capacity < MIDDLE) capacity = Math.min(capacity, MIDDLE);
            else if (full.capacity < LARGE) capacity = LARGE;
            var larger = new Page(capacity, full.depth);
            full.copyInto(larger, larger);
            replace(full, key, larger, larger);
            return;
        }
        if (full.depth == depth) doubleLength();
        int inUpper = full.upperHalf();
        var lower = half(full, full.used - inUpper);
        var upper = half(full, inUpper);
        full.copyInto(lower, upper);
        replace(full, key, lower, upper);
    }

    /** A page for that many of the keys of a full one; hardly ever do nearly all have the same next bit. */
    private static Page half(Page full, int keys) {
        return new Page(keys < MIDDLE / 4 * 3 ? MIDDLE : full.capacity, full.depth + 1);
    }

    private void doubleLength() {
        var doubled = new Page[pages.length * 2];
        for (int i = 0; i < doubled.length; i++) doubled[i] = pages[i / 2];
        pages = doubled;
        depth++;
    }

    private void replace(Page page, long key, Page lower, Page upper) {
        int span = 1 << depth - page.depth;
        int first = page.depth == 0 ? 0 : (int) (key >>> 64 - page.depth) * span;
        if (lower == upper) {
            Arrays.fill(pages, first, first + span, lower);
        } else {
            Arrays.fill(pages, first, first + span / 2, lower);
            Arrays.fill(pages, first + span / 2, first + span, upper);
        }
    }

    long bytes() {
        long bytes = 0;
        for (int index = 0; index < pages.length; index = behind(index)) {
            bytes += (long) pages[index].slots.length * Long.BYTES;
        }
        return bytes;
    }
}
