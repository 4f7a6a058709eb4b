package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/** Check sequence of Ethernet and IEEE 802.11, IEEE 802.3 §3.2.9: four bytes at the end of frames that were captured with it. */
public final class FrameCheckSequence {
    /** Bytes of the sequence. */
    public static final int LENGTH = 4;

    private static final int REVERSED_POLYNOMIAL = 0xedb8_8320;
    private static final int[] TABLE = table();

    private FrameCheckSequence() {}

    private static int[] table() {
        var table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int remainder = i;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder >>> 1 ^ (REVERSED_POLYNOMIAL & -(remainder & 1));
            }
            table[i] = remainder;
        }
        return table;
    }

    /** Of {@code length} captured bytes from {@code at} on, as the frame has it behind them, its first byte the lowest. */
    public static int of(Packet packet, int at, int length) {
        int remainder = -1;
        for (int i = at; i < at + length; i++) {
            remainder = remainder >>> 8 ^ TABLE[(remainder ^ packet.u8(i)) & 0xff];
        }
        return ~remainder;
    }

    /**
     * Do the last four of {@code length} bytes from {@code at} on, all captured, belong to those before?
     *
     * @throws IllegalArgumentException if {@code length} is below 4
     */
    public static boolean isValid(Packet packet, int at, int length) {
        if (length < LENGTH) throw new IllegalArgumentException("no check sequence in " + length + " bytes");
        return packet.littleU32(at + length - LENGTH) == of(packet, at, length - LENGTH);
    }
}
