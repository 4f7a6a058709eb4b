/**
 * Headers, one file each: a diagram, one check, accessors by position, and the same fields as a value.
 *
 * <p>Knows bytes on the wire; neither the order of layers in a packet, nor flows. A check says {@code TRUNCATED} when
 * the bytes given to it end inside the header; whether the capture or the sender is to blame, its caller knows.
 */
@NullMarked
package io.pairwire.decode.wire;

import org.jspecify.annotations.NullMarked;
