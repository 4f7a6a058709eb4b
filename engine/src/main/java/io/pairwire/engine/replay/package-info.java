/**
 * Sends captures again: when each packet is due, what can be sent at all, how well the times were kept.
 *
 * <p>Knows packets, speeds and a {@link io.pairwire.live.FrameSender}; nothing of files and of how packets are rewritten.
 */
@NullMarked
package io.pairwire.engine.replay;

import org.jspecify.annotations.NullMarked;
