package io.pairwire.examples;

import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.output.HumanText;

/**
 * An engine in which no part is ours: only the order of the work, the threads and the accounts remain. Shows that every
 * part can be replaced, and how.
 *
 * <p>Prints the line of {@link OneLineStatistics}, the median of all pings, and the slowest ones.
 */
public final class AllPartsReplaced {
    private AllPartsReplaced() {}

    /** @param arguments none */
    public static void main(String... arguments) throws InterruptedException {
        var slowest = new SlowestPairs(3);
        Engine engine = Engine.builder()
                .source(new PingSource(1_000))
                .decoder(new VendorTagDecoder())
                .matcher(new EchoMatcher())
                .stores(JavaStore::new)
                .sink(slowest)
                .listener(new OneLineStatistics(System.out))
                .settings(EngineSettings.defaults())
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd();
        System.out.println("p50 " + HumanText.duration(outcome.latencies().percentile(50)));
        for (var pair : slowest.pairs()) {
            long latency = pair.responseEpochNanos() - pair.requestEpochNanos();
            System.out.println("packets " + pair.requestPacket() + " and " + pair.responsePacket() + ": "
                    + HumanText.duration(latency));
        }
    }
}
