package io.pairwire.memory.pool;

/**
 * How a handle and the state of a buffer are packed.
 *
 * <pre>
 *  handle   31   29 28        21 20                    0
 *          +-------+------------+-----------------------+
 *          | class | generation |         index         |
 *          +-------+------------+-----------------------+
 *  state    31   24 23        16 15                    0
 *          +-------+------------+-----------------------+
 *          |   0   | generation |      references       |
 *          +-------+------------+-----------------------+
 * </pre>
 *
 * <p>The generation moves on when the last reference is released, so that a handle kept longer than its buffer is told
 * from the handle of the next owner, until the buffer was in use 256 times more.
 */
final class Handle {
    static final int NONE = -1;
    static final int CLASSES = 8;
    static final int INDICES = 1 << 21;
    static final int MOST_REFERENCES = 0xFFFF;

    private static final int CLASS_SHIFT = 29;
    private static final int GENERATION_SHIFT = 21;
    private static final int GENERATIONS = 0xFF << GENERATION_SHIFT;
    private static final int STATE_GENERATION_SHIFT = 16;

    private Handle() {}

    static int of(int sizeClass, int index) {
        return sizeClass << CLASS_SHIFT | index;
    }

    static int sizeClass(int handle) {
        return handle >>> CLASS_SHIFT;
    }

    static int generation(int handle) {
        return (handle & GENERATIONS) >>> GENERATION_SHIFT;
    }

    static int index(int handle) {
        return handle & INDICES - 1;
    }

    /** The same for all handles of a buffer. */
    static int identity(int handle) {
        return handle & ~GENERATIONS;
    }

    /** The handle under which the same buffer is handed out next. */
    static int successor(int handle) {
        return handle & ~GENERATIONS | handle + (1 << GENERATION_SHIFT) & GENERATIONS;
    }

    /** The same buffer under the generation of {@code state}. */
    static int withGenerationOf(int state, int handle) {
        return handle & ~GENERATIONS | (state >>> STATE_GENERATION_SHIFT) << GENERATION_SHIFT;
    }

    /** The state of a buffer that waits to be handed out as {@code handle}. */
    static int idle(int handle) {
        return generation(handle) << STATE_GENERATION_SHIFT;
    }

    /** The state of a buffer handed out as {@code handle}, with one reference. */
    static int live(int handle) {
        return idle(handle) | 1;
    }

    static int references(int state) {
        return state & MOST_REFERENCES;
    }

    /** For messages: the class, the index in it, and the generation. */
    static String text(int handle) {
        return sizeClass(handle) + "/" + index(handle) + "#" + generation(handle);
    }
}
