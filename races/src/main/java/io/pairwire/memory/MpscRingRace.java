package io.pairwire.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two producers and a consumer: each item that was taken in is drained once. Sums tell: 1 and 2. */
@JCStressTest
@Outcome(
        id = {"3, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "both were taken in, and both were drained")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or drained twice")
@State
public class MpscRingRace {
    private final MpscRing<Integer> ring = new MpscRing<>(2);
    private int one;
    private int two;
    private int drained;

    @Actor
    public void produce() {
        one = ring.offer(1) ? 1 : 0;
    }

    @Actor
    public void produceToo() {
        two = ring.offer(2) ? 2 : 0;
    }

    @Actor
    public void consume() {
        ring.drain(item -> drained += item, 2);
    }

    @Arbiter
    public void rest(II_Result sums) {
        ring.drain(item -> drained += item, 2);
        sums.r1 = one + two;
        sums.r2 = drained;
    }
}
