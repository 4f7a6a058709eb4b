package io.pairwire.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A consumer that wants no more drains to the end whatever was taken in: what it took, and what offer answered. */
@JCStressTest
@Outcome(
        id = {"0, 0, 1", "1, 1, 1", "2, 2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "none, one or both were taken in, and drained")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or drained though it was refused, or drained and more to come")
@State
public class SpscRingCloseRace {
    private final SpscRing<Integer> ring = new SpscRing<>(2);
    private int offered;
    private int drained;
    private boolean endSeen;
    private boolean more;

    @Actor
    public void produce() {
        if (ring.offer(1)) offered++;
        if (ring.offer(1)) offered++;
        ring.close();
    }

    @Actor
    public void consume() {
        ring.refuse();
        ring.drain(item -> drained += item, 2);
        endSeen = ring.isDrained();
        int before = drained;
        ring.drain(item -> drained += item, 2);
        more = endSeen && drained > before;
    }

    @Arbiter
    public void rest(III_Result seen) {
        ring.drain(item -> drained += item, 2);
        seen.r1 = offered;
        seen.r2 = drained;
        seen.r3 = ring.isDrained() && !more ? 1 : 0;
    }
}
