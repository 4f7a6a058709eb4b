/**
 * Reports about single packets: those without partner, copies, annotated captures, chosen packets.
 *
 * <p>Knows how each looks and which columns it has; what became of a packet is told by the engine below.
 */
@NullMarked
package io.pairwire.output.report;

import org.jspecify.annotations.NullMarked;
