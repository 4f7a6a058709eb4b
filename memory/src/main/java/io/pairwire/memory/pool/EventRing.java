package io.pairwire.memory.pool;

import io.pairwire.memory.pool.BufferEvent.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/** The last events of one thread. Others may read meanwhile and then may miss the ones being overwritten. */
final class EventRing {
    private static final VarHandle EVENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long ALLOCATED = 1L << Integer.SIZE;
    private static final long FREED = 2L << Integer.SIZE;

    final Tracer tracer;
    private final String thread;
    private final long[] events;
    private int next;
    private int untilSite;

    EventRing(Tracer tracer, String thread) {
        this.tracer = tracer;
        this.thread = thread;
        this.events = new long[tracer.tracing.eventsKept()];
    }

    /** Of a {@link Tracer#isSimple} tracer. */
    void simplyAllocated(int handle) {
        write(ALLOCATED | Integer.toUnsignedLong(handle));
    }

    void simplyAllocated(int[] handles, int from, int count) {
        for (int i = from; i < from + count; i++) simplyAllocated(handles[i]);
    }

    void simplyFreed(int[] handles, int from, int count) {
        for (int i = from; i < from + count; i++) simplyFreed(handles[i]);
    }

    void simplyFreed(int handle) {
        write(FREED | Integer.toUnsignedLong(handle));
    }

    void allocated(int handle) {
        write(ALLOCATED | Integer.toUnsignedLong(handle));
        int every = tracer.tracing.siteEvery();
        if (every == 0) return;
        if (untilSite-- > 0) {
            tracer.noSite(handle);
        } else {
            untilSite = every - 1;
            tracer.siteOfAllocation(handle);
        }
    }

    void freed(int handle) {
        write(FREED | Integer.toUnsignedLong(handle));
        if (tracer.tracing.siteEvery() != 0) tracer.siteOfRelease(handle);
    }

    private void write(long event) {
        if (events.length == 0) return;
        events[next++ & events.length - 1] = event; // plainly, since it costs half as much and is only looked at
    }

    /** Adds the events of one buffer. */
    void collect(int place, List<BufferEvent> into) {
        for (int i = 0; i < events.length; i++) {
            long event = (long) EVENT.getOpaque(events, next + i & events.length - 1);
            if (event == 0 || Handle.place((int) event) != place) continue;
            into.add(new BufferEvent((event & FREED) != 0 ? Kind.FREED : Kind.ALLOCATED, (int) event, thread));
        }
    }
}
