/**
 * The packets that wait for their partner: found by key, given up by event time, bounded in number.
 *
 * <p>Knows keys, times and references; neither packets nor what makes two of them a pair.
 */
@NullMarked
package io.pairwire.engine.store;

import org.jspecify.annotations.NullMarked;
