/**
 * Floor 1: where memory lies and in what pages. The nodes of the machine as sysfs has them, and memory of chosen pages on
 * chosen nodes, which always comes, if need be in other pages or elsewhere, and says so.
 *
 * <p>Knows nothing of buffers: {@code live} makes a source of the pool's memory from it. Every system call goes through
 * {@link io.pairwire.platform.numa.MemoryCalls}, so that machines nobody has at hand can be played.
 */
@NullMarked
package io.pairwire.platform.numa;

import org.jspecify.annotations.NullMarked;
