/**
 * Floor 2: packets as they were captured. The moving view of one packet, capture files read and written, several files
 * read as one in the order of time.
 *
 * <p>Knows record formats, times and lengths; does not look inside a packet.
 */
@NullMarked
package io.pairwire.capture;

import org.jspecify.annotations.NullMarked;
