/**
 * The clear part of TLS and DTLS handshakes: hellos, names in certificates, and the fingerprints made of them.
 *
 * <p>Knows bytes in order and nothing of packets or sessions. Nothing here throws over what was sent.
 */
@NullMarked
package io.pairwire.dpi.tls;

import org.jspecify.annotations.NullMarked;
