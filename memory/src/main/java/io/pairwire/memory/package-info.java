/**
 * Floor 1: what happens between threads. Rings with one producer or many, what a full ring does, how a thread waits, where
 * time comes from.
 *
 * <p>Knows nothing of packets: it moves references and counts refusals.
 */
@NullMarked
package io.pairwire.memory;

import org.jspecify.annotations.NullMarked;
