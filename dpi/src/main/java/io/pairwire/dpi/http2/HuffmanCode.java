package io.pairwire.dpi.http2;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.Optional;

/**
 * The code of compressed header text, <a href="https://www.rfc-editor.org/rfc/rfc7541">RFC 7541</a> §5.2 and appendix B. It is
 * canonical: codes of one length follow each other in the order of their symbols, so the lengths say it all.
 */
final class HuffmanCode {
    /** Bits of the code of each byte. */
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26
    };

    private static final int LONGEST = 30;

    /** Symbols in the order of their codes. */
    private static final byte[] SYMBOLS = new byte[LENGTHS.length];
    /** For each length, the first code, and where its symbol stands in {@link #SYMBOLS}. */
    private static final int[] FIRST = new int[LONGEST + 2];

    private static final int[] INDEX = new int[LONGEST + 2];
    private static final int[] COUNT = new int[LONGEST + 2];

    static {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            FIRST[length] = code;
            INDEX[length] = index;
            for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
                if (LENGTHS[symbol] == length) SYMBOLS[index++] = (byte) symbol;
            }
            COUNT[length] = index - INDEX[length];
            code = code + COUNT[length] << 1;
        }
    }

    private HuffmanCode() {}

    /** The text, a character each byte; nothing if it holds a code that is none, or ends with other bits than ones. */
    static Optional<String> decode(ByteCursor coded) {
        var text = new StringBuilder();
        int code = 0;
        int length = 0;
        while (coded.hasMore()) {
            int octet = coded.u8();
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | octet >> bit & 1;
                if (++length > LONGEST) return Optional.empty();
                int offset = code - FIRST[length];
                if (offset >= 0 && offset < COUNT[length]) {
                    text.append((char) (SYMBOLS[INDEX[length] + offset] & 0xff));
                    code = 0;
                    length = 0;
                }
            }
        }
        boolean padded = length < 8 && code == (1 << length) - 1;
        return padded ? Optional.of(text.toString()) : Optional.empty();
    }
}
