package io.pairwire.engine.store;

import java.util.Arrays;

/**
 * The pages of {@link UnmatchedTable}'s index, by the leading bits of the key: extendible hashing.
 *
 * <p>A directory of 2^depth references leads to pages of at most 2^{@value #LARGE} slots. A full page doubles until it has
 * that many and then splits in two by the next key bit, so growth touches one page at a time (a quarter of a megabyte, well
 * below a millisecond) and there is never a table to move. Pages are 0.4 to 0.8 full once they are many: 10 to 20 bytes an
 * entry.
 *
 * <p>Someone who prepares keys for this very directory could crowd them into one page; beyond MOST_DEPTH that page grows,
 * slow but sound.
 */
final class Directory {
    static final int LARGE = 15;

    private static final int SMALL = 6;
    private static final int MOST_DEPTH = Integer.SIZE - LARGE;

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
        if (full.bits() < LARGE || full.depth == MOST_DEPTH) {
            var larger = new Page(full.bits() + 1, full.depth);
            full.copyInto(larger, larger);
            replace(full, key, larger, larger);
            return;
        }
        if (full.depth == depth) doubleLength();
        var lower = new Page(LARGE, full.depth + 1);
        var upper = new Page(LARGE, full.depth + 1);
        full.copyInto(lower, upper);
        replace(full, key, lower, upper);
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
        for (int index = 0; index < pages.length; index = behind(index)) bytes += pages[index].bytes();
        return bytes;
    }
}
