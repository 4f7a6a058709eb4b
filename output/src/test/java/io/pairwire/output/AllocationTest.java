package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.engine.MatchedPair;
import io.pairwire.testkit.Allocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int CALLS = 20_000;

    @Test
    void a_result_costs_no_heap() {
        var pairs = List.of(MatchedPair.of(Pairs.GATEWAY), MatchedPair.of(Pairs.STRANGE));
        for (var sink : List.of(
                new TextSink(new Nowhere(), TimeFormat.CLASSIC),
                new TextSink(new Nowhere(), TimeFormat.ISO),
                new CsvSink(new Nowhere(), true),
                new JsonLinesSink(new Nowhere()))) {
            double bytes = Allocations.bytesPerCall(() -> write(sink, pairs), CALLS);
            assertEquals(0.0, bytes, sink.getClass().getSimpleName());
        }
    }

    private static void write(FormattedSink sink, List<MatchedPair> pairs) {
        try {
            for (int i = 0; i < pairs.size(); i++) sink.write(pairs.get(i));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Nowhere implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int taken = source.remaining();
            source.position(source.limit());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
