package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;

/**
 * A file that a session carries, as far as that is known when its first byte comes. All of it is the word of a stranger: names
 * may hold anything, also slashes and dots.
 *
 * @param protocol name of the protocol that carries it
 * @param name as the protocol says it; empty if it says none
 * @param mediaType such as {@code text/html}; empty if unknown
 * @param encoding of the bytes that are handed over, such as {@code gzip}; empty if they are the file itself
 * @param length bytes announced, or -1
 * @param direction who sends it
 */
public record CarriedFile(
        String protocol, String name, String mediaType, String encoding, long length, Direction direction) {
    public CarriedFile {
        if (length < -1) throw new IllegalArgumentException("length is below -1: " + length);
    }
}
