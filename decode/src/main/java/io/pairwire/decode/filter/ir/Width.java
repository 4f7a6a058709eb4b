package io.pairwire.decode.filter.ir;

/** How many bytes a load takes; network byte order, zero-extended to 32 bits. */
public enum Width {
    BYTE(1),
    HALF(2),
    WORD(4);

    private final int bytes;

    Width(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }
}
