/**
 * Protocols, one file each: when to ask, how to recognise, what to find. Those with handshakes of their own weight stand in
 * packages beside this one.
 */
@NullMarked
package io.pairwire.dpi.protocol;

import org.jspecify.annotations.NullMarked;
