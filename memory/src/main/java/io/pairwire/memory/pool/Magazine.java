package io.pairwire.memory.pool;

/** Some handles that move between a thread and the {@link Depot} as one. Owned by whoever took it from there. */
final class Magazine {
    /** Places before the first handle, so that two magazines never share a cache line. */
    static final int FIRST = 16;

    final int id;
    final int[] handles;

    /** How many handles there are; while a thread fills or empties the magazine, the thread keeps the count. */
    int count;

    /** In the depot: the id of the magazine below, plus 1; 0 for none. */
    int below;

    Magazine(int id, int capacity) {
        this.id = id;
        this.handles = new int[FIRST + capacity];
        this.handles[FIRST - 1] = Handle.NONE; // who takes the last of an empty magazine sees that it is
    }

    void add(int handle) {
        handles[FIRST + count++] = handle;
    }
}
