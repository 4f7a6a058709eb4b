package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.OverflowPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EngineSettingsTest {
    private static final EngineSettings DEFAULTS = EngineSettings.defaults();

    private static void assertRefused(String value, Executable setting) {
        var thrown = assertThrows(IllegalArgumentException.class, setting);
        assertTrue(thrown.getMessage().endsWith(": " + value), thrown.getMessage());
    }

    @Test
    void the_defaults_are_those_of_the_manual() {
        assertEquals(Pairing.ANY, DEFAULTS.pairing());
        assertEquals(RequestSide.EARLIER, DEFAULTS.requestSide());
        assertEquals(List.of(Prefix.parse("192.168.0.0/16")), DEFAULTS.internal());
        assertEquals(Duration.ofSeconds(30), DEFAULTS.expiry());
        assertEquals(0, DEFAULTS.hashBytes());
        assertEquals(16, DEFAULTS.shards());
        assertEquals(0, DEFAULTS.threads());
        assertEquals(10_000, DEFAULTS.queueSize());
        assertEquals(20_000, DEFAULTS.poolSize());
        assertEquals(1_000, DEFAULTS.bufferSize());
        assertEquals(new OverflowPolicy.Block(), DEFAULTS.policy());
        assertEquals(Duration.ofSeconds(5), DEFAULTS.flushInterval());
        assertTrue(DEFAULTS.maxUnmatched() >= 1_000 && DEFAULTS.maxUnmatched() <= 10_000_000);
    }

    @Test
    void what_is_out_of_range_is_refused_with_its_value() {
        assertRefused("PT-1S", () -> DEFAULTS.withExpiry(Duration.ofSeconds(-1)));
        assertRefused("PT876000H", () -> DEFAULTS.withExpiry(Duration.ofDays(36_500)));
        assertRefused("0", () -> DEFAULTS.withMaxUnmatched(0));
        assertRefused("-1", () -> DEFAULTS.withHashBytes(-1));
        assertRefused("0", () -> DEFAULTS.withShards(0));
        assertRefused("1025", () -> DEFAULTS.withShards(1_025));
        assertRefused("-1", () -> DEFAULTS.withThreads(-1));
        assertRefused("1025", () -> DEFAULTS.withThreads(1_025));
        assertRefused("0", () -> DEFAULTS.withQueueSize(0));
        assertRefused("0", () -> DEFAULTS.withPoolSize(0));
        assertRefused("0", () -> DEFAULTS.withBufferSize(0));
        assertRefused("PT-0.000000001S", () -> DEFAULTS.withFlushInterval(Duration.ofNanos(-1)));
        assertRefused("PT-1S", () -> DEFAULTS.withStatisticsInterval(Duration.ofSeconds(-1)));
        assertRefused("PT0.000999999S", () -> DEFAULTS.withStatisticsInterval(Duration.ofNanos(999_999)));
        var forever = Duration.ofSeconds(Long.MAX_VALUE);
        assertRefused(forever.toString(), () -> DEFAULTS.withExpiry(forever));
        assertRefused(forever.toString(), () -> DEFAULTS.withFlushInterval(forever));
        assertRefused(forever.toString(), () -> DEFAULTS.withStatisticsInterval(forever));
    }

    @Test
    void the_edges_of_the_ranges_are_allowed() {
        EngineSettings least = DEFAULTS.withExpiry(Duration.ZERO)
                .withMaxUnmatched(1)
                .withHashBytes(0)
                .withShards(1)
                .withThreads(0)
                .withQueueSize(1)
                .withPoolSize(1)
                .withBufferSize(1)
                .withFlushInterval(Duration.ZERO)
                .withStatisticsInterval(Duration.ZERO);
        assertEquals(Duration.ZERO, least.expiry());
        EngineSettings most = DEFAULTS.withExpiry(Duration.ofDays(36_500).minusNanos(1))
                .withShards(1_024)
                .withThreads(1_024);
        assertTrue(most.expiry().toNanos() > 0);
    }

    /** Fourteen methods that each repeat all fields: one mixed up would change another value, or none. */
    @Test
    void each_with_changes_its_own_value_and_no_other() {
        List<EngineSettings> changed = List.of(
                DEFAULTS.withPairing(Pairing.FLIP),
                DEFAULTS.withRequestSide(RequestSide.EXTERNAL),
                DEFAULTS.withInternal(List.of()),
                DEFAULTS.withExpiry(Duration.ofSeconds(1)),
                DEFAULTS.withMaxUnmatched(7),
                DEFAULTS.withHashBytes(8),
                DEFAULTS.withShards(9),
                DEFAULTS.withThreads(10),
                DEFAULTS.withQueueSize(11),
                DEFAULTS.withPoolSize(12),
                DEFAULTS.withBufferSize(13),
                DEFAULTS.withPolicy(new OverflowPolicy.Drop()),
                DEFAULTS.withFlushInterval(Duration.ofSeconds(14)),
                DEFAULTS.withStatisticsInterval(Duration.ofSeconds(15)));
        List<Object> defaults = values(DEFAULTS);
        assertEquals(defaults.size(), changed.size());
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < changed.size(); i++) {
            List<Object> values = values(changed.get(i));
            for (int j = 0; j < values.size(); j++) {
                if (i == j) assertNotEquals(defaults.get(j), values.get(j));
                else assertEquals(defaults.get(j), values.get(j), "value " + j + " by setter " + i);
            }
            seen.add(values.hashCode());
        }
        assertEquals(changed.size(), seen.size());
    }

    private static List<Object> values(EngineSettings settings) {
        return List.of(
                settings.pairing(),
                settings.requestSide(),
                settings.internal(),
                settings.expiry(),
                settings.maxUnmatched(),
                settings.hashBytes(),
                settings.shards(),
                settings.threads(),
                settings.queueSize(),
                settings.poolSize(),
                settings.bufferSize(),
                settings.policy(),
                settings.flushInterval(),
                settings.statisticsInterval());
    }

    @Test
    void the_networks_are_kept_as_they_were_given() {
        List<Prefix> networks = new ArrayList<>(List.of(Prefix.parse("10.0.0.0/8")));
        EngineSettings settings = DEFAULTS.withInternal(networks);
        networks.clear();
        assertEquals(List.of(Prefix.parse("10.0.0.0/8")), settings.internal());
    }
}
