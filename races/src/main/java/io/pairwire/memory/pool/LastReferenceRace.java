package io.pairwire.memory.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads with a reference each: one takes a further one and gives up both, the other one gives up its own. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the buffer is free, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "it is in use for ever, or free twice")
@State
public class LastReferenceRace {
    private final PacketPool pool = Pools.ofOne(true);
    private final LocalPool here = pool.newLocal();
    private final LocalPool there = pool.newLocal();
    private final int handle = here.allocate(1);

    /** With the second reference. */
    public LastReferenceRace() {
        pool.retain(handle);
    }

    @Actor
    public void retainAndRelease() {
        pool.retain(handle);
        here.release(handle);
        here.release(handle);
    }

    @Actor
    public void release() {
        there.release(handle);
    }

    @Arbiter
    public void end(II_Result seen) {
        seen.r1 = pool.outstanding();
        seen.r2 = Pools.drain(here, there);
    }
}
