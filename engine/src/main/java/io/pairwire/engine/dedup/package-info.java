/**
 * Finds packets that are in a capture twice, because more than one point of their way was captured.
 *
 * <p>Knows a window of packets behind the current one and nothing else, so a capture of any length takes the same memory.
 * What becomes of a copy is the caller's business.
 */
@NullMarked
package io.pairwire.engine.dedup;

import org.jspecify.annotations.NullMarked;
