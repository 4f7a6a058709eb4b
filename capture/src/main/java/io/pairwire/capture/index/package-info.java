/**
 * Indexes of captures, kept in a file beside each: where packets of a time, a number or a flow lie, so that the others need
 * not be read; and {@link io.pairwire.capture.index.CaptureView}, packets of a mapped file by their numbers. What a flow is
 * comes from above, as two longs: nothing here decodes a packet. An index never decides what is found, only what need not be
 * looked at.
 */
@NullMarked
package io.pairwire.capture.index;

import org.jspecify.annotations.NullMarked;
