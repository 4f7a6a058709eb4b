package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import java.io.IOException;
import java.util.Optional;

/**
 * Something to find out about captures by looking at their packets once, in their order.
 *
 * <p>An {@link Analyzer} makes one for each capture, calls {@link #start}, {@link #packet} for every packet, {@link #finish} and
 * {@link #close}, all in one thread, and {@link #merge} on one it makes for that. What {@code packet} sees is valid until it returns.
 *
 * @param <R> the answer; a value
 */
public interface Analysis<R> extends AutoCloseable {

    /** Begins a capture, whose name is as the user wrote it. */
    default void start(String capture) {}

    /**
     * Looks at a packet.
     *
     * @param layers what {@link io.pairwire.decode.DeepDecoder} found in it
     */
    void packet(Packet packet, Layers layers);

    /**
     * The answer.
     *
     * @param end how reading ended; damaged captures are answered for as far as they could be read
     * @throws IOException if temporary files fail
     */
    R finish(CaptureEnd end) throws IOException;

    /**
     * The answer to what came so far, while more comes; empty if it cannot be told before the end.
     *
     * @throws IOException if temporary files fail
     */
    default Optional<R> soFar(CaptureEnd end) throws IOException {
        return Optional.empty();
    }

    /** One answer for the captures of both, {@code first} being those in front. */
    R merge(R first, R second);

    /** Gives back what {@link #start} and {@link #packet} took, also after a failure. */
    @Override
    default void close() throws IOException {}
}
