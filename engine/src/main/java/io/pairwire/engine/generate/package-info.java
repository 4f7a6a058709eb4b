/**
 * Made-up traffic with known answers: request and response packets of many flows, written as capture files, the same
 * bytes for the same plan on every machine.
 *
 * <p>Knows how to build frames and in which order packets are captured; nothing of matching. What it wrote it counts
 * exactly, so that a matcher can be compared with it.
 */
@NullMarked
package io.pairwire.engine.generate;

import org.jspecify.annotations.NullMarked;
