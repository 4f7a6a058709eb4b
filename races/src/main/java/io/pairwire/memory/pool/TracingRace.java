package io.pairwire.memory.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Tracing is switched on, and thereby the tables are replaced, while a thread allocates and releases. */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "nothing is lost, and what comes after is written down")
@Outcome(expect = Expect.FORBIDDEN, desc = "a buffer is lost, or an event")
@State
public class TracingRace {
    private final PacketPool pool = Pools.ofOne(true);
    private final LocalPool local = pool.newLocal();

    /** The short way is known. */
    public TracingRace() {
        local.release(local.allocate(1));
    }

    @Actor
    public void work() {
        local.release(local.allocate(1));
        local.release(local.allocate(1));
    }

    @Actor
    public void trace() {
        pool.trace(new Tracing(16, 0));
    }

    @Arbiter
    public void end(III_Result seen) {
        seen.r1 = pool.outstanding();
        int handle = local.allocate(1);
        seen.r2 = handle == PacketPool.NONE ? 0 : 1;
        seen.r3 = pool.life(handle).getLast().handle() == handle ? 1 : 0;
    }
}
