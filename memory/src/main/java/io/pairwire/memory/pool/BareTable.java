package io.pairwire.memory.pool;

/** One thread's short way to buffers of a class without views: by their slabs. What {@link LocalPool} does with views, with handles alone. */
final class BareTable {
    private final int shift;
    private Slab[] slabs = PacketPool.NO_SLABS; // see BufferClass.shortSlabs

    /**
     * @param shift takes an index to its slab
     */
    BareTable(int shift) {
        this.shift = shift;
    }

    boolean has(Slab[] table) {
        return slabs == table;
    }

    void slabs(Slab[] table) {
        slabs = table;
    }

    /** Makes an idle buffer one in use; false if that is not all there is to do, and then nothing was done. */
    boolean handOut(int handle) {
        int part = Handle.index(handle) >>> shift;
        if (part >= slabs.length) return false;
        Slab slab = slabs[part];
        int at = handle & slab.mask;
        if (at >= slab.states.length || slab.states[at] != Handle.idle(handle)) return false;
        slab.states[at] = Handle.live(handle); // nobody else may touch it before it is handed on
        return true;
    }

    /** Those on top of a magazine, up to the first one that is not so simple; how many. */
    int handOut(ClassCache cache, int[] handles, int from, int most) {
        int[] magazine = cache.handles();
        int last = cache.end() - 1;
        int done = 0;
        for (; done < most; done++) {
            int handle = magazine[last - done];
            if (!handOut(handle)) break;
            handles[from + done] = handle;
        }
        cache.end(last + 1 - done);
        return done;
    }

    /** Makes a buffer in use an idle one; false if that is not all there is to do, and then nothing was done. */
    boolean free(int handle) {
        int part = Handle.index(handle) >>> shift;
        if (part >= slabs.length) return false;
        Slab slab = slabs[part];
        int at = handle & slab.mask;
        if (at >= slab.states.length || slab.states[at] != Handle.live(handle)) return false;
        slab.states[at] = Handle.idle(Handle.successor(handle));
        return true;
    }

    /** Those up to the first one that is not so simple, or of another class; how many. */
    int free(ClassCache cache, int[] handles, int from, int most) {
        int[] magazine = cache.handles();
        int end = cache.end();
        int done = 0;
        for (; done < most; done++) {
            int handle = handles[from + done];
            if (!free(handle)) break;
            magazine[end + done] = Handle.successor(handle);
        }
        cache.end(end + done);
        return done;
    }
}
