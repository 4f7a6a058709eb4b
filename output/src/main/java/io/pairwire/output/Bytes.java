package io.pairwire.output;

import java.nio.charset.StandardCharsets;

/** Pieces of text that are the same in every result, as bytes. */
public final class Bytes {
    private Bytes() {}

    /** The text in UTF-8. */
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Copies all of {@code piece} and answers the position behind it. */
    public static int copy(byte[] piece, byte[] to, int at) {
        System.arraycopy(piece, 0, to, at, piece.length);
        return at + piece.length;
    }
}
