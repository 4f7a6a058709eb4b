package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairwireTest {

    @Test
    void without_a_command_it_says_what_there_is_and_ends_with_2() {
        var run = Cli.run();
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("Usage: pairwire"), run.err());
        assertEquals(2, Cli.run("mtach").code());
    }

    @Test
    void the_help_of_every_command_has_an_example_and_its_exit_codes() {
        for (String command : List.of("match", "read")) {
            var run = Cli.run(command, "--help");
            assertEquals(0, run.code());
            assertEquals("", run.err());
            assertTrue(run.out().contains("Example"), command);
            assertTrue(run.out().contains("Exit codes:"), command);
            assertEquals(run.out(), Cli.run("help", command).out());
        }
        assertTrue(Cli.run("--help").out().contains("Example"));
        assertTrue(Cli.run("generate", "--help").out().contains("Example"));
    }

    @Test
    void the_version_is_the_one_of_the_build() {
        assertTrue(
                Cli.run("--version").out().matches("pairwire \\d+\\.\\d+.*\n"),
                Cli.run("--version").out());
        for (String command : List.of("match", "read", "generate")) {
            assertEquals(
                    Cli.run("--version").out(), Cli.run(command, "--version").out());
        }
    }
}
