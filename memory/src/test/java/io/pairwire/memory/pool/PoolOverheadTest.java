package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/pool.md} states of memory. */
class PoolOverheadTest {
    private static final int BUFFERS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Everything a pool allocates on the heap, and asks of its source beyond the buffers themselves; bytes a buffer. */
    private static double measured(PoolSettings settings, int length) {
        var source = new MemorySource() {
            private final MemorySegment memory =
                    MemorySegment.ofArray(new byte[64]).asReadOnly();
            private long bytes;

            @Override
            public MemoryBlock allocate(long asked) {
                bytes += asked;
                return new MemoryBlock(memory, () -> {});
            }

            @Override
            public String description() {
                return "counts";
            }
        };
        PoolSettings counted = settings.withSource(source);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) { // the first one loads classes
            source.bytes = 0;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            new PacketPool(counted).close();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before + source.bytes);
        }
        return (double) (least - (long) BUFFERS * length) / BUFFERS;
    }

    @ParameterizedTest
    @CsvSource({
        "64, true, 32",
        "64, false, 32",
        "64, false, 256",
        "256, true, 32",
        "2048, true, 32",
        "2048, true, 8",
        "9216, true, 32"
    })
    void the_overhead_stated_is_the_overhead_measured(int length, boolean metadata, int cache) {
        var settings =
                PoolSettings.of(BUFFERS, BUFFERS, length).withMetadata(metadata).withCache(cache);
        double measured = measured(settings, length);
        double stated = settings.overhead(length) * length;
        assertEquals(stated, measured, 0.05 * stated + 2, "bytes a buffer");
    }

    @Test
    void large_classes_cost_less_than_a_twentieth_and_small_ones_what_is_said() {
        PoolSettings settings = PoolSettings.defaults();
        assertTrue(settings.overhead(2048) < 0.05, "2048: " + settings.overhead(2048));
        assertTrue(settings.overhead(9216) < 0.05, "9216: " + settings.overhead(9216));
        assertEquals(1.49, settings.overhead(64), 0.005);
        assertEquals(0.178, settings.withMetadata(false).overhead(64), 0.005);
        assertEquals(0.127, settings.withMetadata(false).withCache(1024).overhead(64), 0.005);
    }
}
