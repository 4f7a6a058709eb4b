package io.pairwire.engine.store;

/**
 * The oldest entries of a shard, in order: gathered in one pass when the shard is full, then given up one by one.
 *
 * <p>An entry that is stored later but is older than one of them joins them, so the first is always the oldest of the
 * shard. When too many have joined the list is at its end, and the next pass gathers anew.
 */
final class OldestFirst {
    private final EntryHeap gathered;
    private final EntryHeap joined;
    private int next;
    private boolean listed;

    private long reference;
    private long keyLow;
    private long keyHigh;

    OldestFirst(int capacity) {
        gathered = new EntryHeap(capacity, true);
        joined = new EntryHeap(capacity, false);
    }

    int capacity() {
        return gathered.capacity();
    }

    /** Begins a pass. */
    void clear() {
        gathered.clear();
        joined.clear();
        next = 0;
        listed = false;
    }

    /** During a pass: keeps the entry if it is among the oldest so far. */
    void offer(long time, long reference, long keyLow, long keyHigh) {
        if (!gathered.isFull()) gathered.add(time, reference, keyLow, keyHigh);
        else if (!gathered.isOlder(0, time, reference)) gathered.replaceRoot(time, reference, keyLow, keyHigh);
    }

    /** Ends a pass: what was kept becomes a list, oldest first. */
    void sort() {
        gathered.sort();
        listed = true;
    }

    /** Is there a list that entries may have to join? */
    boolean isListed() {
        return listed;
    }

    /** An entry was stored since the pass; it joins unless it is younger than all that were kept. */
    void join(long time, long reference, long keyLow, long keyHigh) {
        if (gathered.length() == 0 || gathered.isOlder(gathered.length() - 1, time, reference)) return;
        if (joined.isFull()) clear();
        else joined.add(time, reference, keyLow, keyHigh);
    }

    /** Moves on to the next oldest; false behind the last. */
    boolean advance() {
        boolean more = next < gathered.length();
        if (joined.length() > 0 && (!more || joined.isOlder(0, gathered.time(next), gathered.reference(next)))) {
            take(joined, 0);
            joined.removeRoot();
            return true;
        }
        if (!more) {
            clear();
            return false;
        }
        take(gathered, next++);
        return true;
    }

    private void take(EntryHeap heap, int row) {
        reference = heap.reference(row);
        keyLow = heap.keyLow(row);
        keyHigh = heap.keyHigh(row);
    }

    long reference() {
        return reference;
    }

    long keyLow() {
        return keyLow;
    }

    long keyHigh() {
        return keyHigh;
    }
}
