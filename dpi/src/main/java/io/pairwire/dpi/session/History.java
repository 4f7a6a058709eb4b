package io.pairwire.dpi.session;

/**
 * The letters of Zeek's {@code history}, packed: five bits each, the lowest of which says whose it is. Twenty-four letters are
 * kept, more than there are kinds.
 */
final class History {
    static final int SYN = 1;
    static final int SYN_ACK = 2;
    static final int ACK = 3;
    static final int PAYLOAD = 4;
    static final int FIN = 5;
    static final int RST = 6;
    static final int GAP = 7;
    static final int RETRANSMISSION = 8;
    static final int ZERO_WINDOW = 9;
    static final int INCONSISTENT = 10;
    static final int MULTI_FLAG = 11;
    static final int BAD_CHECKSUM = 12;
    static final int FLIPPED = 13;

    private static final String LETTERS = "-shadfrgtwiqc^";
    private static final int BITS = 5;
    private static final int IN_A_WORD = 12;

    private long first;
    private long second;
    private int count;

    void reset() {
        first = 0;
        second = 0;
        count = 0;
    }

    /** Adds a letter the first time that side shows it. */
    void note(int letter, Side side, boolean originator) {
        if ((side.noted & 1 << letter) != 0) return;
        side.noted |= 1 << letter;
        long code = letter << 1 | (originator ? 1 : 0);
        if (count < IN_A_WORD) first |= code << count * BITS;
        else if (count < 2 * IN_A_WORD) second |= code << (count - IN_A_WORD) * BITS;
        else return;
        count++;
    }

    String text() {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            int code = (int) ((i < IN_A_WORD ? first >>> i * BITS : second >>> (i - IN_A_WORD) * BITS) & 31);
            char letter = LETTERS.charAt(code >> 1);
            text.append((code & 1) != 0 ? Character.toUpperCase(letter) : letter);
        }
        return text.toString();
    }
}
