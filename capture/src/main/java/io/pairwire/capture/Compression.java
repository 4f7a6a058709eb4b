package io.pairwire.capture;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * One way to compress a stream of bytes, whatever is in it. gzip is built in; others are found with
 * {@link java.util.ServiceLoader}, as those of the artifact {@code pairwire-compression} are.
 *
 * <p>Stateless; any thread may use it.
 */
public interface Compression {

    /** What its streams are recognised as, by their first bytes. */
    CaptureFormat format();

    /**
     * Starts to unpack.
     *
     * @param input positioned at the first byte of the stream
     * @throws MalformedCaptureException if the stream is damaged at its very beginning
     * @throws UnsupportedCaptureException if it cannot be unpacked on this machine, or uses what is not known here
     */
    DecompressingChannel decompress(CompressedInput input) throws IOException;

    /**
     * Starts to unpack in the middle of a stream. Checks that cover what was before are left out.
     *
     * @param input positioned at the byte that the point names
     * @param point one that {@link #decompress} told of the same stream, see {@link DecompressingChannel#restarts}
     */
    default DecompressingChannel resume(CompressedInput input, RestartPoint point) throws IOException {
        if (!point.isFresh()) throw new IllegalArgumentException(format() + " begins only where nothing is before");
        return decompress(input);
    }

    /**
     * As {@link #decompress}, but looks for as many places as it can where unpacking could begin, which may be slower.
     */
    default DecompressingChannel survey(CompressedInput input) throws IOException {
        return decompress(input);
    }

    /**
     * Starts to pack.
     *
     * @param target in blocking mode; closed with the channel returned, and left open by a failure here
     * @throws UnsupportedCaptureException if this machine cannot
     */
    CompressingChannel compress(WritableByteChannel target) throws IOException;
}
