/**
 * What differs between two captures: packets are brought together by content and occurrence, never by position.
 *
 * <p>Knows nothing of how a difference is printed. Holds rows of numbers outside the heap, and beyond a budget in a
 * temporary file, so that captures of any length can be compared in a small heap.
 */
@NullMarked
package io.pairwire.engine.compare;

import org.jspecify.annotations.NullMarked;
