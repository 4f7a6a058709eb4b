package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;

/** Distinguished encoding rules, ITU-T X.690 §8.1: a tag, a length, a body. */
final class Der {
    private Der() {}

    /**
     * Steps over an element and answers its body, or as much of it as there is. At the end of its range, and behind a length
     * that says nothing, the body is empty and the range is used up: a walk always ends.
     */
    static ByteCursor body(ByteCursor elements) {
        elements.skip(1);
        int length = elements.u8();
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            length = switch (bytes) {
                case 1 -> elements.u8();
                case 2 -> elements.u16();
                case 3 -> elements.u24();
                default -> Integer.MAX_VALUE; // indefinite or absurd: takes what is left
            };
        }
        return elements.sliceUpTo(length);
    }
}
