package io.pairwire.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {

    private static void refuses(String reason, UnaryOperator<TrafficPlan.Builder> change) {
        var builder = change.apply(TrafficPlan.builder(Profile.GATEWAY));
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void a_value_out_of_range_is_refused_by_name() {
        refuses("pairs", plan -> plan.pairs(-1));
        refuses("pairs", plan -> plan.pairs(1L << 49));
        refuses("flows", plan -> plan.flows(0));
        refuses("flows", plan -> plan.flows(TrafficPlan.MAX_FLOWS + 1));
        refuses("payload", plan -> plan.payload(0, 5));
        refuses("payload", plan -> plan.payload(6, 5));
        refuses("payload", plan -> plan.payload(5, TrafficPlan.MAX_PAYLOAD + 1));
        refuses("interval", plan -> plan.intervalNanos(-1));
        refuses("loss", plan -> plan.loss(1.1));
        refuses("duplicates", plan -> plan.duplicates(-0.1));
        refuses("reorder", plan -> plan.reorder(Double.NaN));
        refuses("unanswered", plan -> plan.unanswered(2));
        refuses("noise", plan -> plan.noise(2));
        refuses("clock offset", plan -> plan.clockOffsetNanos(Long.MAX_VALUE));
        refuses("start", plan -> plan.startEpochNanos(0));
        refuses("2106", plan -> plan.pairs(1L << 40).intervalNanos(1_000_000_000));
        refuses("link type", plan -> plan.format(PcapFormat.microseconds(LinkType.PPP)));
    }

    @Test
    void mixed_traffic_needs_ethernet() {
        var builder = TrafficPlan.builder(Profile.MIXED).format(PcapFormat.microseconds(LinkType.RAW));
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void a_flow_has_one_end_inside_and_an_address_of_its_own_outside() {
        for (int number : new int[] {0, 1, 2, 3, 4_095, 4_096, 70_000, TrafficPlan.MAX_FLOWS - 1}) {
            Flow flow = Flow.of(Profile.REQUEST_RESPONSE, number);
            long inside = flow.clientInside() ? flow.clientLow() : flow.serverLow();
            long outside = flow.clientInside() ? flow.serverLow() : flow.clientLow();
            assertEquals(0xc0a8, inside >>> 16);
            assertEquals(0x0a00_0001L + number, outside);
            assertEquals(0x0a, outside >>> 24);
        }
    }
}
