/**
 * Floor 5: the jobs users buy. Runs packets from a source through decoder, matcher, store and writer, and accounts for
 * every one of them.
 *
 * <p>Knows threads, policies and counters; how a result is printed is the business of the sinks above.
 */
@NullMarked
package io.pairwire.engine;

import org.jspecify.annotations.NullMarked;
