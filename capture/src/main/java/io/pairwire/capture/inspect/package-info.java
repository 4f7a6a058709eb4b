/**
 * What a capture file is and what is wrong with it, found out by reading it once.
 *
 * <p>Knows formats, times and lengths; does not look inside packets, and does not print.
 */
@NullMarked
package io.pairwire.capture.inspect;

import org.jspecify.annotations.NullMarked;
