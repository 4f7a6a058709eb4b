/**
 * Floor 3: what a packet is. Finds the layers of a packet, its addresses, ports and payload, in one pass over its bytes.
 *
 * <p>Stateless: knows one packet at a time, neither flows nor pairs. Never throws on what a packet contains.
 */
@NullMarked
package io.pairwire.decode;

import org.jspecify.annotations.NullMarked;
