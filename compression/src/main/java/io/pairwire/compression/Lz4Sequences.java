package io.pairwire.compression;

import java.util.Arrays;

/**
 * The sequences of LZ4 blocks, <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">block format</a>, which
 * may be interrupted anywhere: for want of input, or of room for what comes out.
 *
 * <pre>
 *  +-------+---------+----------+--------+---------+
 *  | token | literal | literals | offset | match   |   the last sequence of a block ends after its literals
 *  | 4 + 4 | length  |          | 16 bit | length  |
 *  +-------+---------+----------+--------+---------+
 * </pre>
 *
 * <p>What comes out lies in a window of which the last 64 KB are always kept, as matches refer to them. So memory is the
 * same for blocks of any length, and what was unpacked before a damage is known to the byte.
 */
final class Lz4Sequences {
    /** How far back a match reaches, bytes, plus one. */
    private static final int REACH = 64 << 10;

    private static final int WINDOW = 256 << 10;
    private static final int LONG = 15;
    private static final int LEAST_MATCH = 4;

    private enum Next {
        TOKEN,
        LITERAL_LENGTH,
        LITERALS,
        OFFSET,
        OFFSET_HIGH,
        MATCH_LENGTH,
        MATCH
    }

    private final byte[] window = new byte[WINDOW];
    private int end;
    private int reachable;
    private int room;
    private Next next = Next.TOKEN;
    private int literals;
    private int match;
    private int offset;

    /** Where reading of the input has come to. */
    private int at;

    byte[] window() {
        return window;
    }

    /** Where in the window the bytes end. */
    int end() {
        return end;
    }

    /** Where the input has been read to by the last call. */
    int at() {
        return at;
    }

    /** A block begins: with plain bytes up to {@code length}, and with those before it in reach or not. */
    void beginBlock(int length, boolean independent) {
        next = Next.TOKEN;
        room = length;
        if (independent) reachable = 0;
    }

    /** A frame begins. */
    void beginFrame() {
        reachable = 0;
    }

    /** May a block end here? */
    boolean isComplete() {
        return next == Next.OFFSET;
    }

    /** Makes room at the end of the window, and says how much. */
    int makeRoom() {
        if (end == WINDOW) {
            System.arraycopy(window, WINDOW - REACH, window, 0, REACH);
            end = REACH;
        }
        return WINDOW - end;
    }

    /**
     * Takes bytes that are not packed.
     *
     * @param length not above the room in the window
     * @return false if the block is longer than it may be
     */
    boolean copy(byte[] input, int from, int length) {
        if (length > room) return false;
        System.arraycopy(input, from, window, end, length);
        put(length);
        return true;
    }

    private void put(int length) {
        end += length;
        room -= length;
        reachable = Math.min(reachable + length, REACH);
    }

    /**
     * Unpacks until the input is used up, or the window has got to {@code limit}.
     *
     * @return what is damaged, empty if nothing
     */
    String unpack(byte[] input, int from, int to, int limit) {
        at = from;
        while (true) {
            switch (next) {
                case TOKEN -> {
                    if (at == to) return "";
                    int token = input[at++] & 0xff;
                    literals = token >> 4;
                    match = (token & LONG) + LEAST_MATCH;
                    next = literals == LONG ? Next.LITERAL_LENGTH : Next.LITERALS;
                }
                case LITERAL_LENGTH -> {
                    if (at == to) return "";
                    int more = input[at++] & 0xff;
                    literals += more;
                    if (literals > room) return "block is longer than its frame allows";
                    if (more < 255) next = Next.LITERALS;
                }
                case LITERALS -> {
                    if (literals > room) return "block is longer than its frame allows";
                    int part = Math.min(literals, Math.min(to - at, limit - end));
                    System.arraycopy(input, at, window, end, part);
                    at += part;
                    put(part);
                    literals -= part;
                    if (literals > 0) return "";
                    next = Next.OFFSET;
                }
                case OFFSET -> {
                    if (at == to) return "";
                    offset = input[at++] & 0xff;
                    next = Next.OFFSET_HIGH;
                }
                case OFFSET_HIGH -> {
                    if (at == to) return "";
                    offset |= (input[at++] & 0xff) << 8;
                    if (offset == 0 || offset > reachable) return "match refers to what is not there";
                    next = match == LONG + LEAST_MATCH ? Next.MATCH_LENGTH : Next.MATCH;
                }
                case MATCH_LENGTH -> {
                    if (at == to) return "";
                    int more = input[at++] & 0xff;
                    match += more;
                    if (match > room) return "block is longer than its frame allows";
                    if (more < 255) next = Next.MATCH;
                }
                case MATCH -> {
                    if (match > room) return "block is longer than its frame allows";
                    int part = Math.min(match, limit - end);
                    copyMatch(part);
                    match -= part;
                    if (match > 0) return "";
                    next = Next.TOKEN;
                }
            }
        }
    }

    private void copyMatch(int length) {
        int from = end - offset;
        if (offset == 1) {
            Arrays.fill(window, end, end + length, window[from]);
        } else {
            // What a match repeats of itself gets twice as long with each copy.
            for (int done = 0; done < length; ) {
                int part = Math.min(length - done, offset + done);
                System.arraycopy(window, from, window, end + done, part);
                done += part;
            }
        }
        put(length);
    }
}
