package io.pairwire.benchmarks;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.ReadOptions;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.engine.pair.PairMatcher;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Whole passes over a capture file in one JVM: the first passes warm it up, of the others the median counts. Prints
 * packets a second.
 *
 * <p>{@code read} only reads; {@code flow} decodes to the five-tuple and hashes it, the same for both directions;
 * {@code key} decodes and makes the key, over all of the payload; {@code match} runs the engine.
 */
public final class WarmPasses {
    private static final int WARM_UP = 3;

    private WarmPasses() {}

    private interface Pass {
        /** Answers how many packets there were. */
        long run() throws IOException, InterruptedException;
    }

    /**
     * Arguments: read, flow, key or match; the file; passes that count; for match, threads, for the others how many threads
     * they may have: with 2 one reads ahead.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        String file = args[1];
        var options = ReadOptions.DEFAULT.withReadAhead(Integer.parseInt(args[3]) > 1);
        Pass pass = switch (args[0]) {
            case "read" -> () -> poll(file, options, _ -> {});
            case "flow" -> () -> poll(file, options, new FlowHashing());
            case "key" -> () -> poll(file, options, new Describing());
            case "match" -> () -> match(file, Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException("unknown pass '" + args[0] + "': read, flow, key or match");
        };
        double[] rates = new double[Integer.parseInt(args[2])];
        for (int i = -WARM_UP; i < rates.length; i++) {
            long before = System.nanoTime();
            long packets = pass.run();
            if (i >= 0) rates[i] = packets * 1e9 / (System.nanoTime() - before);
        }
        Arrays.sort(rates);
        System.out.printf("%.0f%n", rates[rates.length / 2]);
    }

    private static long poll(String file, ReadOptions options, PacketHandler handler) throws IOException {
        try (var source = FileSource.open(List.of(file), options)) {
            long packets = 0;
            for (int handed = 0; handed != PacketSource.END; handed = source.poll(handler, 1 << 20)) packets += handed;
            return packets;
        }
    }

    private static long match(String file, int threads) throws IOException, InterruptedException {
        var engine = PairEngine.builder(
                        FileSource.open(List.of(file)),
                        EngineSettings.defaults().withThreads(threads))
                .sink(ResultSink.NONE)
                .build();
        engine.start();
        return engine.awaitEnd().statistics().ledger().read();
    }

    private static final class FlowHashing implements PacketHandler {
        private final LayerDecoder decoder = new LayerDecoder();
        private final Layers layers = new Layers();

        @SuppressWarnings("unused") // keeps the hashes from being optimised away
        private long hashes;

        @Override
        public void onPacket(Packet packet) {
            decoder.decode(packet, layers);
            long source = endpoint(layers.sourceHigh(), layers.sourceLow(), layers.sourcePort());
            long destination = endpoint(layers.destinationHigh(), layers.destinationLow(), layers.destinationPort());
            hashes ^= mix(source + destination ^ layers.transport());
        }

        private static long endpoint(long high, long low, int port) {
            return mix((high ^ Long.rotateLeft(low, 16)) + port);
        }

        private static long mix(long value) {
            long x = (value ^ value >>> 32) * 0x9fb2_1c65_1e98_df25L;
            return x ^ x >>> 29;
        }
    }

    private static final class Describing implements PacketHandler {
        private final LayerDecoder decoder = new LayerDecoder();
        private final Layers layers = new Layers();
        private final PairMatcher matcher = new PairMatcher(EngineSettings.defaults(), new SecureRandom());
        private final PacketBatch batch = PacketBatch.standalone(1);

        @Override
        public void onPacket(Packet packet) {
            decoder.decode(packet, layers);
            matcher.describe(packet, layers, batch);
        }
    }
}
