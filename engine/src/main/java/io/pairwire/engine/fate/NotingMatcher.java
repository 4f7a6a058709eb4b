package io.pairwire.engine.fate;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.store.UnmatchedStore;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Another matcher, with each retransmission noted; every shard has a log of its own. */
final class NotingMatcher implements Matcher {
    private final Matcher matcher;
    private final Supplier<FateLog> logs;

    NotingMatcher(Matcher matcher, Supplier<FateLog> logs) {
        this.matcher = matcher;
        this.logs = logs;
    }

    @Override
    public Eligibility describe(Packet packet, Layers layers, PacketBatch batch) {
        return matcher.describe(packet, layers, batch);
    }

    @Override
    public ShardMatcher shard(UnmatchedStore store) {
        ShardMatcher shard = matcher.shard(store);
        FateLog log = logs.get();
        return new ShardMatcher() {
            @Override
            public long touch(PacketBatch batch, int index) {
                return shard.touch(batch, index);
            }

            @Override
            public Eligibility match(PacketBatch batch, int index) {
                Eligibility eligibility = shard.match(batch, index);
                if (eligibility != Eligibility.ELIGIBLE) {
                    log.add(Fate.RETRANSMISSION, batch.reference(index), batch.partnerReference(index), 0);
                }
                return eligibility;
            }
        };
    }

    @Override
    public void read(PacketBatch batch, int index, IntFunction<String> fileName, MatchedPair pair) {
        matcher.read(batch, index, fileName, pair);
    }

    @Override
    public long latencyNanos(PacketBatch batch, int index) {
        return matcher.latencyNanos(batch, index);
    }
}
