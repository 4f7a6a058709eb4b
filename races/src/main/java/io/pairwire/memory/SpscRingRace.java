package io.pairwire.memory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What is drained comes in the order in which it was offered, and with what was written into it before. */
@JCStressTest
@Outcome(
        id = {"0, 0", "7, 0", "7, 8"},
        expect = Expect.ACCEPTABLE,
        desc = "nothing, the first, or both")
@Outcome(expect = Expect.FORBIDDEN, desc = "out of order, or without its contents")
@State
public class SpscRingRace {
    private final SpscRing<int[]> ring = new SpscRing<>(2);
    private final int[] first = new int[1];
    private final int[] second = new int[1];

    @Actor
    public void produce() {
        first[0] = 7;
        ring.offer(first);
        second[0] = 8;
        ring.offer(second);
    }

    @Actor
    public void consume(II_Result seen) {
        ring.drain(item -> seen.r1 = item[0], 1);
        if (seen.r1 != 0) ring.drain(item -> seen.r2 = item[0], 1);
    }
}
