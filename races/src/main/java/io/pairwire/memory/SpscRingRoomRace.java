package io.pairwire.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A place is filled again only after its item was taken, and nothing is lost or comes twice. */
@JCStressTest
@Outcome(
        id = {"1, 0, 0", "1, 2, 0", "1, 0, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "refused, drained, or left over")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or taken twice")
@State
public class SpscRingRoomRace {
    private final SpscRing<Integer> ring = new SpscRing<>(1);

    /** A ring that is full. */
    public SpscRingRoomRace() {
        ring.offer(1);
    }

    @Actor
    public void produce() {
        ring.offer(2);
    }

    @Actor
    public void consume(III_Result seen) {
        ring.drain(item -> seen.r1 = item, 1);
        ring.drain(item -> seen.r2 = item, 1);
    }

    @Arbiter
    public void rest(III_Result seen) {
        ring.drain(item -> seen.r3 = item, 1);
    }
}
