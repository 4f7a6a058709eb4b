package io.pairwire.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An item offered while the ring is closed is either refused, or drained although it is closed. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "taken in and drained")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken in and lost, or refused and drained")
@State
public class MpscRingCloseRace {
    private final MpscRing<Integer> ring = new MpscRing<>(2);
    private boolean offered;

    @Actor
    public void produce() {
        offered = ring.offer(1);
    }

    @Actor
    public void close() {
        ring.close();
    }

    @Arbiter
    public void rest(II_Result seen) {
        seen.r1 = offered ? 1 : 0;
        ring.drain(item -> seen.r2 += item, 2);
        if (!ring.isDrained()) seen.r2 = -1;
    }
}
