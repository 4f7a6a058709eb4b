package io.pairwire.engine;

/** Pairs the packets of one shard; has one owner at a time. */
public interface ShardMatcher {

    /**
     * Says that {@link #match} will be called for this descriptor soon, so that what it needs may be brought near.
     *
     * @return any value that depends on what was read
     */
    long touch(PacketBatch batch, int index);

    /**
     * Looks for the partner of a packet. If there is one, {@link PacketBatch#paired} is called; else the packet waits.
     *
     * @return {@link Eligibility#ELIGIBLE}, or why the packet cannot take part after all
     */
    Eligibility match(PacketBatch batch, int index);
}
