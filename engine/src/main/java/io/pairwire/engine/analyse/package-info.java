/**
 * What is in a capture, found out by reading it once: conversations, endpoints, protocols, rates, and what TCP had to endure.
 *
 * <p>Knows how to count within a bound of memory and what the counts mean; how they look is the business of the floor above.
 */
@NullMarked
package io.pairwire.engine.analyse;

import org.jspecify.annotations.NullMarked;
