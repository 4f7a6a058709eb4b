package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.Safety;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolCommandTest {
    @Test
    void info_states_classes_and_overhead() {
        Cli.Run run = Cli.run("pool", "info");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("off-heap"), run.out());
        assertTrue(run.lines().contains(" 2048     1000    64000      4.7%           0.6%"), run.out());
        assertTrue(Cli.run("pool", "info", "--prometheus").out().contains("pairwire_buffers{pool=\"default\""));
    }

    /** Whatever this machine gives: it is told, and where it is less than was asked for, in a line. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "transparent", "2m"})
    void info_says_what_pages_and_nodes_were_obtained(String pages) {
        Cli.Run run = Cli.run("pool", "info", "--pages", pages, "--node", "prefer:0", "--prefault", "--json");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\"source\":"), run.out());
        var grant = Pattern.compile(
                "\"memory\":\\[\\{\"asked\":\"([^\"]+)\",\"obtained\":\"([^\"]+)\",\"reason\":\"([^\"]*)\"");
        var found = grant.matcher(run.out());
        Assumptions.assumeTrue(System.getProperty("os.name").startsWith("Linux"), "needs Linux");
        assertTrue(found.find(), run.out());
        assertEquals(found.group(1).equals(found.group(2)), found.group(3).isEmpty(), run.out());
        assertEquals(found.group(3).isEmpty(), run.err().isEmpty(), run.err());
        assertTrue(run.out().contains("\"found\":{\"page_bytes\":"), run.out());
        assertTrue(run.out().contains("\"nodes\":[{\"node\":"), run.out());
        Cli.Run text = Cli.run("pool", "info", "--pages", pages);
        assertTrue(text.out().contains("numa node   0: processors "), text.out());
    }

    @Test
    void a_node_that_does_not_exist_is_said_to_be_missing_and_the_stress_goes_on() {
        Cli.Run run = Cli.run("pool", "stress", "--duration", "50ms", "--threads", 2, "--node", "999");
        assertEquals(0, run.code(), run.err());
        Assumptions.assumeTrue(System.getProperty("os.name").startsWith("Linux"), "needs Linux");
        assertTrue(run.err().contains("asked for default pages, node 999; got default pages, any node"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--pages=3m", "--node=-1", "--node=x", "--node=4096", "--node=prefer:", "--node=0,x", "--node="})
    void pages_and_nodes_that_make_no_sense_are_wrong_usage(String option) {
        assertEquals(2, Cli.run("pool", "info", option).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--debug"})
    void stress_ends_with_nothing_outstanding(String debug) {
        Cli.Run run = debug.isEmpty()
                ? Cli.run("pool", "stress", "--duration", "200ms", "--threads", 3)
                : Cli.run("pool", "stress", "--duration", "200ms", "--threads", 3, debug);
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.lines().contains("outstanding  0"), run.out());
        assertTrue(run.lines().contains("wrong bytes  0"), run.out());
        assertTrue(run.out().startsWith("threads      3 on "), run.out());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @EnabledOnOs(OS.LINUX)
    void stress_survives_refused_pages_nodes_and_memory(int seed) {
        Cli.Run run =
                Cli.run("pool", "stress", "--duration", "100ms", "--threads", 3, "--debug", "--faults", "--seed", seed);
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.lines().contains("outstanding  0"), run.out());
        assertTrue(run.lines().getLast().matches("faults       [1-9]\\d*"), run.out());
    }

    /** With one class so small that nearly every allocation fails. */
    @Test
    void stress_survives_an_exhausted_pool() throws InterruptedException {
        var settings = PoolSettings.of(10, 20, 9216).withCache(1).withSafety(Safety.DEBUG);
        PoolStress.Result result = PoolStress.run(settings, 2, 100_000_000, 7);
        assertTrue(result.isClean(), result.toString());
        assertTrue(result.exhausted() > 0, result.toString());
    }

    @Test
    void bench_lists_the_promised_cases_as_json_and_as_text() {
        Cli.Run run = Cli.run("pool", "bench", "--json", "--duration", "20ms", "--pages", "transparent");
        assertEquals(0, run.code(), run.err());
        String number = "\\d+\\.\\d+";
        var expected = new StringBuilder("\\[");
        for (String name :
                new String[] {"pair", "singles32", "singles32-stats-trace", "bulk32", "cross-thread-4096", "plain-api"
                }) {
            if (expected.length() > 2) expected.append(",");
            expected.append("\\{\"case\":\"" + name + "\",\"ns\":" + number + ",\"cycles\":(" + number
                    + "|null),\"m_per_s\":" + number + ",\"p10_cycles\":(" + number + "|null),\"p90_cycles\":("
                    + number + "|null)\\}");
        }
        assertTrue(Pattern.matches(expected + "\\]\n", run.out()), run.out());
        Cli.Run one = Cli.run("pool", "bench", "--duration", "5ms", "--case", "bulk32");
        assertEquals(2, one.lines().size(), one.out());
        assertTrue(one.lines().getLast().startsWith("bulk32 "), one.out());
    }

    @Test
    void wrong_usage_ends_with_2() {
        assertEquals(2, Cli.run("pool").code());
        assertEquals(2, Cli.run("pool", "swim").code());
        assertEquals(2, Cli.run("pool", "stress", "--threads", -1).code());
        assertEquals(2, Cli.run("pool", "bench", "--duration", "0s").code());
        assertEquals(2, Cli.run("pool", "bench", "--case", "swim").code());
    }
}
