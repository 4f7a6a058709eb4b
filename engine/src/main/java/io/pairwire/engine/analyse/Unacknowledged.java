package io.pairwire.engine.analyse;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Segments that nobody has acknowledged yet, in lists with the youngest first. Numbers of segments count from 1; 0 ends a
 * list. Not thread-safe.
 *
 * <pre>
 *  0           4              8
 *  behind it   the one        when it came,
 *              before it      nanoseconds
 * </pre>
 */
final class Unacknowledged implements AutoCloseable {
    private static final int LENGTH = 16;
    private static final int TO = 0;
    private static final int OLDER = 4;
    private static final int TIME = 8;

    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;

    private final Pages pages;
    private int free;
    private int made;

    Unacknowledged(Workspace workspace, long shareBytes) {
        pages = new Pages(workspace, shareBytes, LENGTH);
    }

    /** Puts a segment in front of a list and answers the new front. */
    int add(int front, int to, long nanos) {
        int segment = free;
        if (segment == 0) {
            segment = ++made;
            pages.reach(segment);
        } else {
            free = older(segment);
        }
        MemorySegment memory = pages.memory(segment);
        long at = pages.at(segment);
        memory.set(U32, at + TO, to);
        memory.set(U64, at + TIME, nanos);
        memory.set(U32, at + OLDER, front);
        return segment;
    }

    int to(int segment) {
        return pages.memory(segment).get(U32, pages.at(segment) + TO);
    }

    long time(int segment) {
        return pages.memory(segment).get(U64, pages.at(segment) + TIME);
    }

    int older(int segment) {
        return pages.memory(segment).get(U32, pages.at(segment) + OLDER);
    }

    void older(int segment, int older) {
        pages.memory(segment).set(U32, pages.at(segment) + OLDER, older);
    }

    /** Takes a segment, which is in no list any more, for another one later. */
    void release(int segment) {
        older(segment, free);
        free = segment;
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
