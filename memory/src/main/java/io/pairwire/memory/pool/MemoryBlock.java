package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;

/**
 * A piece of memory and how to give it back.
 *
 * @param memory its bytes
 * @param release gives it back; called once, after which nobody may touch {@code memory}
 */
public record MemoryBlock(MemorySegment memory, Runnable release) {}
