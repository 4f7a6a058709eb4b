/**
 * Whole frames from a few words, for generators and tests: lengths and checksums are filled in.
 *
 * <p>Knows how headers are written; not how they are read, nor files and clocks. Allocates; not for the packet path.
 */
@NullMarked
package io.pairwire.decode.craft;

import org.jspecify.annotations.NullMarked;
