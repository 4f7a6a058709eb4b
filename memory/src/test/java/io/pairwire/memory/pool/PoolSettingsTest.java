package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {
    private static void refused(String part, Runnable making) {
        var thrown = assertThrows(IllegalArgumentException.class, making::run);
        assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
    }

    @Test
    void the_defaults_are_the_ones_promised() {
        PoolSettings settings = PoolSettings.defaults();
        assertEquals(
                List.of(64, 128, 256, 512, 1024, 2048, 9216),
                settings.classes().stream().map(SizeClass::length).toList());
        assertTrue(settings.classes().stream().allMatch(each -> each.initial() == 1000));
        assertEquals(32, settings.cache());
        assertEquals(Safety.PRODUCTION, settings.safety());
    }

    @Test
    void what_cannot_be_is_refused_with_its_value() {
        for (int length : new int[] {0, -64, 63, 65, (1 << 20) + 64}) {
            refused(String.valueOf(length), () -> new SizeClass(length, 1, 1, 1));
        }
        refused("-1", () -> new SizeClass(64, -1, 1, 1));
        refused("5", () -> new SizeClass(64, 6, 5, 1));
        refused("growth", () -> new SizeClass(64, 1, 5, 0));
        refused("2^21", () -> new SizeClass(64, 1000, Integer.MAX_VALUE, 1));
        refused("2^21", () -> new SizeClass(64, Integer.MAX_VALUE, Integer.MAX_VALUE, 1));
        refused("0", () -> PoolSettings.of(1, 1));
        refused("8", () -> PoolSettings.of(1, 1, 64, 128, 192, 256, 320, 384, 448, 512));
        refused("128, 64", () -> PoolSettings.of(1, 1, 128, 64));
        refused("64", () -> PoolSettings.defaults().withHeadroom(64));
        refused("0", () -> PoolSettings.defaults().withCache(0));
        refused("1025", () -> PoolSettings.defaults().withCache(1025));
        refused("PT0S", () -> new Exhausted.Wait(Duration.ZERO));
    }

    @Test
    void a_million_buffers_and_more_than_a_gigabyte_fit() {
        var large = new SizeClass(2048, 0, 1_000_000, 10_000);
        assertTrue((long) large.ceiling() * large.length() > 1L << 30);
    }

    @Test
    void sources_say_what_they_are() {
        assertEquals("heap", MemorySource.heap().description());
        assertTrue(MemorySource.offHeap().description().contains("off-heap"));
        assertEquals(MemorySource.ANY_NODE, MemorySource.offHeap().node());
        assertThrows(MemoryUnavailableException.class, () -> MemorySource.heap().allocate(1L << 40));
        assertThrows(
                MemoryUnavailableException.class, () -> MemorySource.offHeap().allocate(1L << 46));
    }
}
