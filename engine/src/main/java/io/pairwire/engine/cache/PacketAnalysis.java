package io.pairwire.engine.cache;

import io.pairwire.capture.PacketSource;
import java.io.IOException;

/**
 * Something that is worked out from packets, and whose result can be kept.
 *
 * @param <T> the result
 */
public interface PacketAnalysis<T> {

    /** Reads the packets to their end and says what came of it. */
    T analyse(PacketSource packets) throws IOException;

    /** The result as bytes. */
    byte[] encode(T result);

    /** The result from what {@link #encode} gave. */
    T decode(byte[] bytes);
}
