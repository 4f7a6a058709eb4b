/**
 * The first kind of matching: a request and its response are two packets with swapped addresses and ports and the same
 * payload, over TCP, UDP, or one of each.
 */
@NullMarked
package io.pairwire.engine.pair;

import org.jspecify.annotations.NullMarked;
