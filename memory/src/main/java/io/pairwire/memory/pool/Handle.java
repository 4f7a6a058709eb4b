package io.pairwire.memory.pool;

/**
 * How a handle and the state of a buffer are packed.
 *
 * <pre>
 *  handle   31        24 23   21 20                          0
 *          +------------+-------+-----------------------------+
 *          | generation | class |            index            |
 *          +------------+-------+-----------------------------+
 *  state    31        24 23   21 20 19 18 17 16 15           0
 *          +------------+-------+--+--+--+--+--+--------------+
 *          | generation | class |0 |W |S |A |L |  references  |
 *          +------------+-------+--+--+--+--+--+--------------+
 * </pre>
 *
 * <p>Class and index together are the place. The generation moves on when the last reference is released, so that a handle
 * kept longer than its buffer is told from the handle of the next owner, until the buffer was in use 256 times more.
 * Generation and class lie alike in both, so one comparison tells whether a handle is of the buffer at its index.
 *
 * <p>Flags are set from the moment something happens to a buffer that makes its release longer until it is released: W,
 * metadata were written; S, somebody took a second reference, so other threads may have written the state; A, it is chained
 * behind another one; L, it is a slice, or something is chained behind it. The usual release sees them with the comparison it
 * makes anyway.
 */
final class Handle {
    static final int NONE = -1;
    static final int CLASSES = 8;

    /** Places of one class at most, so that all have less than there are. */
    static final int PLACES_OF_CLASS = 1 << 21;

    static final int MOST_REFERENCES = 0xFFFF;
    static final int LINKED = 1 << 16;
    static final int APPENDED = 1 << 17;
    static final int SHARED = 1 << 18;
    static final int WRITTEN = 1 << 19;

    private static final int PLACE = (1 << 24) - 1;
    private static final int GENERATION = ~PLACE;
    private static final int GENERATION_SHIFT = 24;
    private static final int CLASS_SHIFT = 21;
    private static final int INDEX = PLACES_OF_CLASS - 1;

    private Handle() {}

    static int generation(int handleOrState) {
        return handleOrState >>> GENERATION_SHIFT;
    }

    /** The same for all handles of a buffer. */
    static int place(int handle) {
        return handle & PLACE;
    }

    static int place(int sizeClass, int index) {
        return sizeClass << CLASS_SHIFT | index;
    }

    /** Which of its class the buffer is. */
    static int index(int handleOrPlace) {
        return handleOrPlace & INDEX;
    }

    static int sizeClass(int handleOrPlace) {
        return handleOrPlace >>> CLASS_SHIFT & CLASSES - 1;
    }

    /** The handle under which the same buffer is handed out next. */
    static int successor(int handle) {
        return handle + (1 << GENERATION_SHIFT);
    }

    /** The buffer at {@code place} under the generation of {@code state}. */
    static int withGenerationOf(int state, int place) {
        return place & PLACE | state & GENERATION;
    }

    /** The state of a buffer that waits to be handed out as {@code handle}. */
    static int idle(int handle) {
        return handle & ~INDEX;
    }

    /** The state of a buffer handed out as {@code handle}, with one reference and no flags. */
    static int live(int handle) {
        return handle & ~INDEX | 1;
    }

    /** Is a buffer in this state in use, and still as {@code handle}? */
    static boolean isLive(int handle, int state) {
        return references(state) > 0 && generation(state) == generation(handle);
    }

    static int references(int state) {
        return state & MOST_REFERENCES;
    }

    static boolean isLinked(int state) {
        return (state & LINKED) != 0;
    }

    /** For messages: the place and the generation. */
    static String text(int handle) {
        return place(handle) + "#" + generation(handle);
    }
}
