package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @TempDir
    Path folder;

    private static Logger logger(String category) {
        return (Logger) LoggerFactory.getLogger("io.pairwire.dpi." + category);
    }

    @AfterEach
    void levels_are_as_before() {
        for (String category : List.of("session", "packet", "plug-in"))
            logger(category).setLevel(null);
        new LoggingOptions().apply();
    }

    @Test
    void a_category_has_a_level_of_its_own() {
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        logger("session").addAppender(heard);
        try {
            Path capture = Cli.gateway(folder, 2);
            assertEquals(0, Cli.run("flows", "--format", "none", capture).code());
            assertEquals(List.of(), heard.list, "nothing is written unless it is asked for");
            var run = Cli.run("flows", "--format", "none", "--log-level", "Session=debug,plug-in=error", capture);
            assertEquals(0, run.code(), run.err());
            assertEquals(Level.DEBUG, logger("session").getLevel());
            assertEquals(Level.ERROR, logger("plug-in").getLevel());
            assertEquals(null, logger("packet").getLevel());
            assertFalse(LogLevel.isDebug());
            assertTrue(
                    heard.list.getFirst().getFormattedMessage().startsWith("4001 session_given_up"),
                    heard.list.toString());
        } finally {
            logger("session").detachAppender(heard);
        }
    }

    @Test
    void what_is_no_category_or_no_level_is_wrong_usage() {
        Path capture = Cli.gateway(folder, 1);
        var category = Cli.run("flows", "--log-level", "weather=debug", capture);
        assertEquals(2, category.code());
        assertTrue(
                category.err().contains("'weather' is no category: memory, packet, protocol, session"), category.err());
        var level = Cli.run("flows", "--log-level", "packet=loud", capture);
        assertEquals(2, level.code());
        assertTrue(level.err().contains("'loud' is not debug, info, warning or error"), level.err());
    }

    @Test
    void lines_of_many_threads_come_whole() throws InterruptedException {
        var log = (Logger) LoggerFactory.getLogger("io.pairwire.cli.lines");
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            var threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                int number = i;
                threads[i] = Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 500; j++) log.error("whole {} {} line", number, j);
                });
            }
            for (Thread thread : threads) thread.join();
        } finally {
            System.setErr(before);
        }
        var lines = bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("whole"))
                .toList();
        assertEquals(2_000, lines.size());
        for (String line : lines) {
            // However lines look, which the tests before this one decide: one event each, from its level to its last
            // word.
            assertTrue(line.matches("[^E]*ERROR [^E]*lines[^E]* whole \\d \\d+ line"), line);
        }
    }
}
