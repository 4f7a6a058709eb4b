package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.RequestSide;
import io.pairwire.memory.OverflowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    private static final EngineSettings OPTIONS = EngineSettings.defaults();

    @Test
    void every_setting_that_may_change_is_read() {
        var read = SettingsFile.parse("""
                # who is inside
                internal = 10.0.0.0/8, fd00::/8
                Request-Side=external   # comments may follow
                --expiry = 250ms
                max-unmatched = 1_000
                queue-policy = adaptive:2s
                buffer-size = 10
                output = /somewhere/else.csv
                log-level = Warning
                """, OPTIONS);
        assertEquals(
                OPTIONS.withInternal(List.of(Prefix.parse("10.0.0.0/8"), Prefix.parse("fd00::/8")))
                        .withRequestSide(RequestSide.EXTERNAL)
                        .withExpiry(Duration.ofMillis(250))
                        .withMaxUnmatched(1_000)
                        .withPolicy(new OverflowPolicy.Adaptive(Duration.ofSeconds(2)))
                        .withBufferSize(10),
                read.engine());
        assertEquals(Optional.of(Path.of("/somewhere/else.csv")), read.output());
        assertEquals(Optional.of(LogLevel.WARNING), read.level());
    }

    @Test
    void what_is_not_in_it_is_as_the_command_line_says() {
        var options = OPTIONS.withExpiry(Duration.ofSeconds(7));
        assertEquals(options, SettingsFile.parse("\n# nothing\n", options).engine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expiry 10s|line 1: no '=' in: expiry 10s",
                "expiry =|line 1: expiry has no value",
                "threads = 3|line 1: 'threads' cannot be changed here; internal, request-side, expiry, max-unmatched,"
                        + " queue-policy, buffer-size, output and log-level can",
                "buffer-size = x|line 1: buffer-size is no number: x",
                "buffer-size = 0|line 1: buffer size is below 1: 0",
                "buffer-size = 3000000000|line 1: buffer-size is above 2147483647: 3000000000",
                "queue-policy = sometimes|line 1: unknown policy 'sometimes': block, drop or adaptive"
            })
    void a_wrong_line_is_refused_with_its_number_and_the_reason(String text, String message) {
        var refused = assertThrows(IllegalArgumentException.class, () -> SettingsFile.parse(text, OPTIONS));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void a_name_given_twice_is_refused() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> SettingsFile.parse("expiry = 1s\n\nexpiry = 2s", OPTIONS));
        assertEquals("line 3: expiry is in line 1 as well", refused.getMessage());
    }
}
