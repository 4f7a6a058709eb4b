package io.pairwire.decode.stream;

import org.jspecify.annotations.Nullable;

/**
 * Entries in the order in which something last happened to them, linked through themselves. As the times given to it never
 * go back, the first is always the next to run out, and asking who did costs one comparison.
 */
final class TimeList<E extends Linked> {
    private final Class<E> type;
    private @Nullable Linked first;
    private @Nullable Linked last;
    private int count;

    TimeList(Class<E> type) {
        this.type = type;
    }

    int count() {
        return count;
    }

    /** The one that has waited longest, or null. */
    @Nullable
    E first() {
        return first == null ? null : type.cast(first);
    }

    /** The one that has waited longest if that is longer than the timeout, or null. */
    @Nullable
    E overdue(long epochNanos, long timeoutNanos) {
        Linked entry = first;
        // Unsigned, as two hostile times may be farther apart than a long can say.
        if (entry == null || Long.compareUnsigned(epochNanos - entry.listedNanos, timeoutNanos) <= 0) return null;
        return type.cast(entry);
    }

    /** Puts an entry at the end, from wherever it stands in this list. */
    void putLast(E entry, long epochNanos) {
        entry.listedNanos = epochNanos;
        if (entry == last) return;
        if (entry.listed) remove(entry);
        entry.listed = true;
        entry.older = last;
        if (last == null) first = entry;
        else last.younger = entry;
        last = entry;
        count++;
    }

    /** Takes out an entry of this list. */
    void remove(E entry) {
        Linked older = entry.older;
        Linked younger = entry.younger;
        if (older == null) first = younger;
        else older.younger = younger;
        if (younger == null) last = older;
        else younger.older = older;
        entry.older = null;
        entry.younger = null;
        entry.listed = false;
        count--;
    }
}
