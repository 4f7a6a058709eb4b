/**
 * What a packet says, apart from the way it took: hashes of its content and the fields that change on the way.
 *
 * <p>Knows one packet at a time; which packets belong together is the business of {@code compare} and {@code dedup}.
 */
@NullMarked
package io.pairwire.engine.content;

import org.jspecify.annotations.NullMarked;
