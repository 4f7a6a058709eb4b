package io.pairwire.engine.fate.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.fate.Fate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionParserTest {
    private static final Condition SLOW = new Condition.Latency(Comparison.GREATER, 10_000_000);
    private static final Condition PAIRED = new Condition.Became(Set.of(Fate.REQUEST, Fate.RESPONSE));
    private static final Condition EXPIRED = new Condition.Became(Set.of(Fate.EXPIRED));

    @Test
    void tests_are_read() {
        assertEquals(SLOW, Condition.parse("latency>10ms"));
        assertEquals(SLOW, Condition.parse(" Latency > 10ms "));
        assertEquals(new Condition.Latency(Comparison.LESS_OR_EQUAL, -500), Condition.parse("latency<=-500ns"));
        assertEquals(
                new Condition.Became(Set.of(Fate.UNMATCHED, Fate.EXPIRED, Fate.EVICTED, Fate.DROPPED)),
                Condition.parse("unmatched"));
        assertEquals(
                new Condition.Address(Condition.Side.SERVER, Prefix.parse("192.168.0.0/16")),
                Condition.parse("server=192.168.0.0/16"));
        assertEquals(
                new Condition.Not(new Condition.Address(Condition.Side.EITHER, Prefix.parse("2001:db8::1"))),
                Condition.parse("host != 2001:db8::1"));
        assertEquals(
                new Condition.Port(Condition.Side.CLIENT, Comparison.GREATER_OR_EQUAL, 1024),
                Condition.parse("client_port>=1024"));
        assertEquals(new Condition.Direction(true), Condition.parse("direction==inbound"));
        assertEquals(new Condition.Protocol(17), Condition.parse("protocol=UDP"));
        assertEquals(new Condition.Protocol(132), Condition.parse("protocol=132"));
        assertEquals(
                new Condition.Flow(Prefix.parse("10.0.0.1"), 5_000, Prefix.parse("192.168.0.9"), 53),
                Condition.parse("flow=10.0.0.1:5000-192.168.0.9:53"));
        assertEquals(
                new Condition.Flow(Prefix.parse("2001:db8::1"), 1, Prefix.parse("fd00::2"), 2),
                Condition.parse("flow=[2001:db8::1]:1-[fd00::2]:2"));
    }

    @Test
    void and_binds_before_or_and_not_before_both() {
        var both = new Condition.And(List.of(PAIRED, SLOW));
        assertEquals(new Condition.Or(List.of(EXPIRED, both)), Condition.parse("expired or paired and latency>10ms"));
        assertEquals(new Condition.Or(List.of(both, EXPIRED)), Condition.parse("paired&&latency>10ms||expired"));
        assertEquals(
                new Condition.And(List.of(new Condition.Not(PAIRED), SLOW)),
                Condition.parse("not paired and latency>10ms"));
        assertEquals(new Condition.Not(both), Condition.parse("!(paired and latency>10ms)"));
    }

    private static void wrong(String text, int column, String hint) {
        var thrown = assertThrows(FilterSyntaxException.class, () -> Condition.parse(text), text);
        assertEquals(column, thrown.column(), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(hint), thrown.getMessage());
    }

    @Test
    void what_is_wrong_is_told_with_its_column_and_a_hint() {
        wrong("", 1, "such as latency>10ms");
        wrong("latncy>10ms", 1, "did you mean 'latency'?");
        wrong("paired and unmached", 12, "did you mean 'unmatched'?");
        wrong("speed>1", 1, "known are latency, client");
        wrong("latency 10ms", 9, "one of = != < <= > >= expected, not '10ms'");
        wrong("latency>10", 9, "a duration with its unit");
        wrong("latency>", 9, "not the end");
        wrong("paired latency>1ms", 8, "'and' or 'or' expected");
        wrong("(paired", 8, "')' expected");
        wrong("paired)", 7, "'and' or 'or' expected");
        wrong("server>10.0.0.1", 7, "= or != expected");
        wrong("client=10.0.0", 8, "an address or a network");
        wrong("port=65536", 6, "a port from 0 to 65535");
        wrong("protocol=sctpx", 10, "tcp, udp or a number");
        wrong("direction=left", 11, "inbound or outbound");
        wrong("flow=10.0.0.1-10.0.0.2", 6, "10.0.0.1:5000-192.168.0.9:53");
        wrong("flow=2001:db8::1:5-10.0.0.1:6", 6, "two endpoints");
        wrong("not", 4, "a condition expected");
        wrong("paired & expired", 8, "'and' or 'or'");
        wrong("(".repeat(100) + "paired", 65, "deeper");
        wrong("paired and ".repeat(500) + "paired", 1, "longer");
    }
}
