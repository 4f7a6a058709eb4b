package io.pairwire.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TcpStreamsTest {
    private static final Flow FLOW = Flow.of(Profile.REQUEST_RESPONSE, 1);

    private static Exchange exchange(int length) {
        return new Exchange(0, FLOW, length);
    }

    @Test
    void sequence_numbers_wrap_and_acknowledgments_follow_them() {
        var streams = new TcpStreams(2, 1);
        int wraps = 0;
        Exchange before = exchange(65_000);
        streams.sendRequest(before);
        for (int i = 0; i < 70_000; i++) {
            Exchange exchange = exchange(65_000);
            streams.sendRequest(exchange);
            streams.sendResponse(exchange);
            streams.hearResponse(exchange);
            assertEquals(before.requestSequence + 65_000, exchange.requestSequence);
            assertEquals(exchange.requestSequence + 65_000, exchange.responseAcknowledgment);
            if (Integer.compareUnsigned(exchange.requestSequence, before.requestSequence) < 0) wraps++;
            before = exchange;
        }
        assertTrue(wraps > 0);
    }

    @Test
    void a_late_answer_to_an_early_request_takes_nothing_back() {
        var streams = new TcpStreams(2, 1);
        Exchange first = exchange(10);
        Exchange second = exchange(20);
        streams.sendRequest(first);
        streams.sendRequest(second);
        streams.sendResponse(second);
        streams.sendResponse(first);
        assertEquals(second.responseAcknowledgment, first.responseAcknowledgment);
        assertEquals(second.responseSequence + 20, first.responseSequence);
    }
}
