package io.pairwire.memory.pool;

/** One thread's short way to buffers without views: by their slabs. What {@link LocalPool} does with views, with handles alone. */
final class BareTable {
    private final int shift;
    private Slab[] slabs = PacketPool.NO_SLABS; // see PacketPool.shortSlabs

    /**
     * @param shift takes a place to its slab
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

    /** The class of a buffer, or -1 if it is not known here. */
    int classOf(int handle) {
        int part = Handle.place(handle) >>> shift;
        return part < slabs.length ? slabs[part].sizeClass : -1;
    }

    /** Makes an idle buffer one in use; false if that is not all there is to do, and then nothing was done. */
    boolean handOut(int handle, int kind) {
        int part = Handle.place(handle) >>> shift;
        if (part >= slabs.length) return false;
        Slab slab = slabs[part];
        int at = handle & slab.mask;
        if (at >= slab.states.length || slab.states[at] != Handle.idle(handle, kind)) return false;
        slab.states[at] = Handle.live(handle, kind); // nobody else may touch it before it is handed on
        return true;
    }

    /** Those on top of a magazine, up to the first one that is not so simple; how many. */
    int handOut(ClassCache cache, int[] handles, int from, int most) {
        int[] magazine = cache.handles();
        int last = cache.end() - 1;
        int done = 0;
        for (; done < most; done++) {
            int handle = magazine[last - done];
            if (!handOut(handle, cache.kind)) break;
            handles[from + done] = handle;
        }
        cache.end(last + 1 - done);
        return done;
    }

    /** Makes a buffer in use an idle one; false if that is not all there is to do, and then nothing was done. */
    boolean free(int handle, int kind) {
        int part = Handle.place(handle) >>> shift;
        if (part >= slabs.length) return false;
        Slab slab = slabs[part];
        int at = handle & slab.mask;
        if (at >= slab.states.length || slab.states[at] != Handle.live(handle, kind)) return false;
        slab.states[at] = Handle.idle(Handle.successor(handle), kind);
        return true;
    }

    /** Those up to the first one that is not so simple, or of another class; how many. */
    int free(ClassCache cache, int[] handles, int from, int most) {
        int[] magazine = cache.handles();
        int end = cache.end();
        int done = 0;
        for (; done < most; done++) {
            int handle = handles[from + done];
            if (!free(handle, cache.kind)) break;
            magazine[end + done] = Handle.successor(handle);
        }
        cache.end(end + done);
        return done;
    }
}
