package io.pairwire.engine.analyse;

import java.io.IOException;

/**
 * How answers are kept in a cache.
 *
 * @param <R> the answer
 */
public interface KeptForm<R> {

    /** What is asked: other analyses have other names. */
    String name();

    /** Changes whenever the same capture may give another answer, or answers have another form. */
    int version();

    /** The answer as bytes. */
    byte[] encode(R answer);

    /**
     * The answer from what {@link #encode} gave.
     *
     * @param capture as the user writes it now
     * @throws IOException if these bytes are no answer
     */
    R decode(byte[] bytes, String capture) throws IOException;
}
