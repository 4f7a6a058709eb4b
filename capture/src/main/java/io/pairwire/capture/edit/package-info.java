/**
 * Which packets go where when captures are cut into pieces: selections by number and time, boundaries between parts, the
 * names of parts, and many parts written at once.
 *
 * <p>Knows times, numbers and lengths of packets; does not look inside them, and does not know formats.
 */
@NullMarked
package io.pairwire.capture.edit;

import org.jspecify.annotations.NullMarked;
