package io.pairwire.dpi.bytes;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Pieces of a message that come in any order and more than once; the first copy of a byte stays. Not thread-safe.
 *
 * <p>Meant for a few thousand bytes: the hellos of QUIC and DTLS.
 */
public final class Reassembly {
    private final int most;
    private byte[] bytes = {};
    private final BitSet there = new BitSet();

    /** @param most bytes that are kept; what lies behind is left out */
    public Reassembly(int most) {
        this.most = most;
    }

    /** Adds what is left of a piece. */
    public void put(long at, ByteCursor piece) {
        if (at < 0 || at >= most) return;
        int from = (int) at;
        int length = (int) Math.min(piece.remaining(), most - from);
        if (from + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(1024, (from + length) * 3 / 2)));
        }
        if (there.nextSetBit(from) >= 0 && there.nextSetBit(from) < from + length) {
            for (int i = 0; i < length; i++) {
                if (!there.get(from + i)) bytes[from + i] = (byte) piece.peek(i);
            }
        } else {
            piece.copyTo(bytes, from, length);
        }
        there.set(from, from + length);
    }

    /** Bytes from the front without a hole. */
    public int contiguous() {
        return there.nextClearBit(0);
    }

    /** The first bytes; those that never came read as 0. */
    public ByteCursor cursor(int length) {
        return new ByteCursor(bytes, 0, Math.min(length, bytes.length));
    }
}
