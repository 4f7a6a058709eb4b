package io.pairwire.decode.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a whole Ethernet frame into fragments, as a router would. */
final class FragmentedFrame {
    private static final int LINK = 14;
    private static final int FRAGMENT_HEADER = 44;

    private FragmentedFrame() {}

    /** @param length of the data in each but the last, a multiple of eight */
    static List<byte[]> ipv4(byte[] frame, int identification, int length) {
        int header = LINK + ((frame[LINK] & 0xf) << 2);
        var fragments = new ArrayList<byte[]>();
        for (int from = header; from < frame.length; from += length) {
            int to = Math.min(frame.length, from + length);
            byte[] fragment = Arrays.copyOf(frame, header + to - from);
            System.arraycopy(frame, from, fragment, header, to - from);
            ByteBuffer.wrap(fragment)
                    .putShort(LINK + 2, (short) (fragment.length - LINK))
                    .putShort(LINK + 4, (short) identification)
                    .putShort(LINK + 6, (short) ((from - header) / 8 | (to < frame.length ? 0x2000 : 0)));
            fragments.add(fragment);
        }
        return fragments;
    }

    /**
     * @param chain where the last header says what follows it that comes before the fragment header
     * @param at where the fragment header goes
     */
    static List<byte[]> ipv6(byte[] frame, int chain, int at, int identification, int length) {
        var fragments = new ArrayList<byte[]>();
        for (int from = at; from < frame.length; from += length) {
            int to = Math.min(frame.length, from + length);
            byte[] fragment = Arrays.copyOf(frame, at + 8 + to - from);
            System.arraycopy(frame, from, fragment, at + 8, to - from);
            ByteBuffer.wrap(fragment)
                    .putShort(LINK + 4, (short) (fragment.length - LINK - 40))
                    .put(chain, (byte) FRAGMENT_HEADER)
                    .put(at, frame[chain])
                    .put(at + 1, (byte) 0)
                    .putShort(at + 2, (short) (from - at | (to < frame.length ? 1 : 0)))
                    .putInt(at + 4, identification);
            fragments.add(fragment);
        }
        return fragments;
    }
}
