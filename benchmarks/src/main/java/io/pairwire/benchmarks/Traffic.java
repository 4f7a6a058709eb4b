package io.pairwire.benchmarks;

import io.pairwire.engine.generate.Delay;
import io.pairwire.engine.generate.Profile;
import io.pairwire.engine.generate.TrafficPlan;

/** Kinds of traffic to measure on. */
public enum Traffic {
    /** UDP one way, TCP the other, 64 bytes of payload: every packet is of the usual shape. */
    GATEWAY,
    /** Half UDP, half TCP. */
    REQUEST_RESPONSE,
    /** IPv6, tags, extension headers, fragments; 590 bytes a packet. */
    MIXED;

    CaptureInMemory capture(int pairs, int payload) {
        var plan = TrafficPlan.builder(Profile.valueOf(name()))
                .pairs(pairs)
                .flows(Math.min(pairs, 10_000))
                .latency(Delay.parse("1ms"))
                .intervalNanos(5_000);
        if (this != MIXED) plan.payload(payload, payload);
        return new CaptureInMemory(plan.build());
    }
}
