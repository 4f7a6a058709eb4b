package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;

/** Gets the messages of a handshake, as far as they travel in the clear. */
@FunctionalInterface
public interface HandshakeHandler {

    /**
     * @param type RFC 8446 §4: {@link ClientHello#TYPE} and the like
     * @param body the whole body, valid until this returns
     */
    void message(int type, ByteCursor body);
}
