/**
 * The first packets of QUIC, whose protection keeps nobody out: keys follow from the packet itself, RFC 9001 §5.2.
 *
 * <p>Knows datagrams and nothing of sessions. Nothing here throws over what was sent.
 */
@NullMarked
package io.pairwire.dpi.quic;

import org.jspecify.annotations.NullMarked;
