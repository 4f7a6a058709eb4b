package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.memory.MpscRing;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.platform.numa.Pages;
import io.pairwire.platform.numa.Placement;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Packets of a live batch that outlive it: copied into the pool next to the reader, looked at and given back by another thread. */
class KeptBatchTest {
    private static final int SENT = 2_000;
    private static final int NUMBER_AT = 14;

    @Test
    void packets_of_batches_are_kept_in_the_nearest_pool_and_given_back_by_another_thread() throws Exception {
        VethPair.run(() -> {
            var wanted = Placement.DEFAULT.withPages(Pages.TRANSPARENT);
            var notices = new ArrayList<String>();
            try (var pools = NodePools.here(PoolSettings.of(500, 4_000, 256, 2048), wanted, notices::add);
                    var source =
                            LiveSource.open(LiveSettings.of(VethPair.RECEIVER).withRingBytes(8 << 20))) {
                PacketPool pool = pools.here();
                var ring = new MpscRing<PacketBuffer>(4_096);
                var reader = new FutureTask<>(() -> numbers(ring));
                Thread.ofPlatform().start(reader);
                VethPair.send(0, SENT, 200);
                source.stop();
                var view = new Packet();
                while (source.pollBatch(batch -> {
                            while (batch.next(view)) ring.offer(PooledCopy.of(view, pool));
                        })
                        != PacketSource.END) {}
                ring.close();
                assertTrue(reader.get().size() > 0);
                assertEquals(source.liveStatistics().delivered(), reader.get().size());
                for (int i = 1; i < reader.get().size(); i++) {
                    assertEquals(
                            1, Integer.signum(reader.get().get(i) - reader.get().get(i - 1)), "order");
                }
                assertEquals(0, pools.outstanding());
            }
            return null;
        });
    }

    private static ArrayList<Integer> numbers(MpscRing<PacketBuffer> ring) {
        var numbers = new ArrayList<Integer>();
        while (!ring.isDrained()) {
            ring.drain(
                    buffer -> {
                        assertEquals(200, buffer.length());
                        numbers.add((int) buffer.u32(NUMBER_AT));
                        buffer.release();
                    },
                    64);
        }
        return numbers;
    }
}
