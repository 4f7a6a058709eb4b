package io.pairwire.capture;

import java.util.Arrays;

/** The codes of a deflate block: short ones by a table, longer ones bit by bit. */
final class HuffmanTable {
    static final int LONGEST = 15;

    /** Bits that the table is looked up by. */
    static final int QUICK = 10;

    /** Symbol and length of the code that a number begins with, from its lowest bit; 0 if the code is longer or none. */
    final short[] quick = new short[1 << QUICK];

    private final short[] counts = new short[LONGEST + 1];
    private final short[] symbols;
    private final short[] offsets = new short[LONGEST + 2];

    HuffmanTable(int mostSymbols) {
        symbols = new short[mostSymbols];
    }

    /**
     * Takes in the lengths of all codes.
     *
     * @param mayLack whether a single code of one bit is enough
     * @return false if they are no lengths of codes
     */
    boolean build(byte[] lengths, int from, int count, boolean mayLack) {
        Arrays.fill(counts, (short) 0);
        Arrays.fill(quick, (short) 0);
        for (int i = 0; i < count; i++) counts[lengths[from + i]]++;
        int longest = LONGEST;
        while (longest > 0 && counts[longest] == 0) longest--;
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            left = (left << 1) - counts[length];
            if (left < 0) return false;
        }
        if (left > 0 && !(mayLack && longest <= 1)) return false;
        offsets[1] = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offsets[length + 1] = (short) (offsets[length] + counts[length]);
        }
        int[] next = new int[LONGEST + 2];
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            next[length] = code;
            code = code + counts[length] << 1;
        }
        short[] place = offsets.clone();
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[from + symbol];
            if (length == 0) continue;
            symbols[place[length]++] = (short) symbol;
            int mine = next[length]++;
            if (length > QUICK) continue;
            int reversed = Integer.reverse(mine) >>> 32 - length;
            for (int at = reversed; at < quick.length; at += 1 << length) quick[at] = (short) (symbol << 4 | length);
        }
        return true;
    }

    /** Symbol and length of a code that the table does not know, the symbol above four bits; 0 if it is none. */
    int slow(long bits) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code |= (int) (bits >>> length - 1) & 1;
            int count = counts[length];
            if (code - count < first) return symbols[index + code - first] << 4 | length;
            index += count;
            first = first + count << 1;
            code <<= 1;
        }
        return 0;
    }
}
