package io.pairwire.engine;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.engine.store.UnmatchedStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * A kind of matching: what makes two packets belong together.
 *
 * <p>It has three parts. {@link #describe} runs on the reading thread and turns a packet into a descriptor;
 * {@link #shard} makes the part that pairs descriptors, one for each shard, used by the shard's owner; {@link #read} runs
 * on the writing thread and turns a paired descriptor into a result.
 */
public interface Matcher {

    /**
     * Writes key, identity and endpoints of the packet into the next descriptor of {@code batch}, which has room for it.
     * What it writes counts only if it answers {@link Eligibility#ELIGIBLE}. Must not allocate.
     */
    Eligibility describe(Packet packet, Layers layers, PacketBatch batch);

    /** The part that pairs what one shard sees. */
    ShardMatcher shard(UnmatchedStore store);

    /**
     * Tells the pair that the descriptor at {@code index} completed.
     *
     * @param fileName the name of the file with an index
     */
    void read(PacketBatch batch, int index, IntFunction<String> fileName, MatchedPair pair);

    /** Writes what its keys depend on, so that another of its kind makes the same; nothing unless it says otherwise. */
    default void save(DataOutput out) throws IOException {}

    /** Takes over what another of its kind has written, before its first packet. */
    default void restore(DataInput in) throws IOException {}

    /** Takes over those settings that may change while an engine runs; called while no packet is on its way. */
    default void change(EngineSettings settings) {}

    /** The latency of the pair that the descriptor at {@code index} completed, nanoseconds. */
    long latencyNanos(PacketBatch batch, int index);
}
