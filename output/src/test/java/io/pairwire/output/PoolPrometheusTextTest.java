package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PoolPrometheusTextTest {
    @Test
    void every_class_has_a_sample_of_every_metric() {
        try (var pool = new PacketPool(PoolSettings.of(10, 20, 64, 2048))) {
            PacketBuffer buffer = pool.allocate(1000);
            PacketBuffer slice = buffer.slice(0, 10);
            pool.allocate(1).release();
            String text = PoolPrometheusText.of("a \"b\"", pool.statistics());
            var lines = text.lines().toList();
            String labels = "{pool=\"a \\\"b\\\"\",node=\"-1\",length=";
            assertTrue(lines.contains("pairwire_buffers_in_use" + labels + "\"2048\"} 1"), text);
            assertTrue(lines.contains("pairwire_buffers_in_use" + labels + "\"0\"} 1"), text);
            assertTrue(lines.contains("pairwire_buffers_released_total" + labels + "\"64\"} 1"), text);
            assertTrue(lines.contains("pairwire_buffers_ceiling" + labels + "\"64\"} 20"), text);
            assertEquals(10 * (2 + 3), lines.size());
            assertEquals(lines.size(), new HashSet<>(lines).size(), "no sample twice");
            slice.release();
            buffer.release();
        }
    }
}
