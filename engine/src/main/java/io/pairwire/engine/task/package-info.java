/**
 * Work in parts: tasks with priorities, time limits and retries on a few workers, where none that fails, hangs or runs out of
 * memory harms another; in threads here, or in child processes. Knows nothing of packets or commands.
 */
@NullMarked
package io.pairwire.engine.task;

import org.jspecify.annotations.NullMarked;
