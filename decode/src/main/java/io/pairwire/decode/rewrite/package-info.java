/**
 * Packets changed so that they may be shown to others: addresses mapped under a key with their prefixes preserved, payload
 * taken out, checksums put right.
 *
 * <p>Knows where headers keep addresses; does not know files, keys on disk, or who reads the result.
 */
@NullMarked
package io.pairwire.decode.rewrite;

import org.jspecify.annotations.NullMarked;
