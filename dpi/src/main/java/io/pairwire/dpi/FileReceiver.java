package io.pairwire.dpi;

import java.lang.foreign.MemorySegment;

/** Gets one file. A file that ends with its session gets no {@link #ends}, but {@link FileHook#sessionEnded}. */
public interface FileReceiver {

    /**
     * The next bytes; of a stream at most 64 KB at a time.
     *
     * @param memory valid until this returns
     * @param at where they begin in the memory
     */
    void bytes(MemorySegment memory, long at, int length);

    /** So many bytes are missing here: the capture has not got them. */
    void gap(long length);

    /** The last byte has come. */
    void ends();
}
