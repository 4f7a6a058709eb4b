/**
 * Buffers for packets: size classes in slabs, handles in caches of each thread, reference counts, slices and chains.
 *
 * <p>Start with {@link io.pairwire.memory.pool.PacketPool}. Knows where memory comes from only as a
 * {@link io.pairwire.memory.pool.MemorySource}, and nothing of what is inside a packet.
 */
@NullMarked
package io.pairwire.memory.pool;

import org.jspecify.annotations.NullMarked;
