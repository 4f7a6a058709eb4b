package io.pairwire.memory.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The case that the count of moves in the head of a stack is for: one thread pops while another one pops two magazines and
 * pushes the first one again. Bits tell magazines: 1, 2 and 4.
 */
@JCStressTest
@Outcome(
        id = {"1, 6", "2, 5", "4, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "one has one, and two are left or with the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "a magazine is lost, or with both")
@State
public class DepotRace {
    private final Depot depot = new Depot(1);
    private int mine;
    private int others;

    /** Three magazines. */
    public DepotRace() {
        for (int i = 0; i < 3; i++) {
            Magazine magazine = depot.popEmpty();
            magazine.add(i);
            depot.push(magazine);
        }
    }

    private static int bit(Magazine magazine) {
        return magazine == null ? 0 : 1 << magazine.handles[Magazine.FIRST];
    }

    @Actor
    public void pop() {
        mine = bit(depot.popFilled());
    }

    @Actor
    public void popTwiceAndPush() {
        Magazine first = depot.popFilled();
        Magazine second = depot.popFilled();
        depot.push(first);
        others = bit(second);
    }

    @Arbiter
    public void rest(II_Result seen) {
        seen.r1 = mine;
        seen.r2 = others;
        for (Magazine next = depot.popFilled(); next != null; next = depot.popFilled()) seen.r2 += bit(next);
    }
}
