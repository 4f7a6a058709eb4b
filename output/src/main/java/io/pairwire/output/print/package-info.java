/**
 * Floor 5: packets as text. One line a packet as tcpdump prints it, the tree of its headers, a table of fields, and dumps
 * of its bytes.
 *
 * <p>Knows how headers look to people; what they mean, and where they are, is the business of the decoder below.
 */
@NullMarked
package io.pairwire.output.print;

import org.jspecify.annotations.NullMarked;
