package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.Priming;
import io.pairwire.output.flows.FlowJson;
import io.pairwire.output.flows.PrintedFlows;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveFlowsTest {
    /** Made-up packets are of the year 2023, so by any clock of today all of their sessions have run out. */
    @Test
    void a_session_that_has_run_out_is_printed_although_nothing_comes_any_more() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var clock = new AtomicLong(1_700_000_001_000_000_000L);
        try (var group = LiveGroup.open(
                        List.of(LiveSettings.of("eth7")), device -> Priming.source(device, Duration.ofNanos(1)));
                var flows = new LiveFlows(
                        group,
                        new CatalogueBuilder().withBuiltIn().build(),
                        SessionSettings.defaults(),
                        Wanted.NONE,
                        new PrintedFlows(Channels.newChannel(bytes), new FlowJson()),
                        clock::get)) {
            group.poll(flows, 100);
            flows.look(1_000_000_000);
            assertEquals("", bytes.toString());
            clock.addAndGet(3_600_000_000_000L);
            flows.look(2_000_000_000);
            String printed = bytes.toString();
            assertTrue(printed.lines().count() > 10, printed);
            assertTrue(printed.lines().allMatch(line -> line.contains("\"capture\":\"eth7\"")), printed);
            long before = flows.printed();
            flows.finish();
            assertEquals(before, flows.printed());
        }
    }
}
