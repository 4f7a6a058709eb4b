package io.pairwire.memory.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Misuse: two threads release with one reference between them. Whether one is told depends on who is how fast; but nobody
 * gets a buffer that somebody else has.
 */
@JCStressTest
@Outcome(
        id = {"1, 0, 1", "0, 1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one was told")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "told with the next allocation")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or with two owners")
@State
public class OneReferenceRace {
    private final PacketPool pool = Pools.ofOne(true);
    private final LocalPool here = pool.newLocal();
    private final LocalPool there = pool.newLocal();
    private final int handle = here.allocate(1);

    private static int released(LocalPool local, int handle) {
        try {
            local.release(handle);
            return 1;
        } catch (BufferMisuseException e) {
            return 0; // what is counted here
        }
    }

    @Actor
    public void release(III_Result seen) {
        seen.r1 = released(here, handle);
    }

    @Actor
    public void releaseToo(III_Result seen) {
        seen.r2 = released(there, handle);
    }

    @Arbiter
    public void end(III_Result seen) {
        seen.r3 = Pools.drain(here, there);
    }
}
