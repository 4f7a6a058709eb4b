package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Tells a pcapng block from bytes that happen to lie there, for the search behind a damage. */
final class PcapngSearch {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private PcapngSearch() {}

    /**
     * Does a block of a known type begin where the window stands, with the same length before and behind its body? May
     * read on.
     *
     * @param swapped whether the section is big endian; a new section says that itself
     */
    static boolean isBlockHere(StreamWindow window, boolean swapped) throws IOException {
        if (!window.fillAmply(Pcapng.FRAME)) return false;
        int type = u32(window, 0, swapped);
        int shortest = shortest(type);
        if (shortest == 0) return false;
        boolean order = type == Pcapng.SECTION_HEADER ? u32(window, 8, false) != Pcapng.BYTE_ORDER_MAGIC : swapped;
        int length = u32(window, 4, order);
        if (length < shortest || length > RecordReader.LONGEST_FOUND || (length & 3) != 0) return false;
        return window.fillAmply(length) && u32(window, length - 4, order) == length;
    }

    /** Bytes of a block of that type at least; 0 if the type is not known. */
    private static int shortest(int type) {
        return switch (type) {
            case Pcapng.ENHANCED_PACKET, Pcapng.PACKET -> Pcapng.PACKET_FRAME;
            case Pcapng.SIMPLE_PACKET -> Pcapng.SIMPLE_PACKET_FRAME;
            case Pcapng.SECTION_HEADER -> Pcapng.SECTION_FRAME;
            case Pcapng.INTERFACE_DESCRIPTION -> Pcapng.INTERFACE_FRAME;
            case Pcapng.INTERFACE_STATISTICS -> Pcapng.STATISTICS_FRAME;
            case Pcapng.NAME_RESOLUTION,
                    CaptureBlock.DECRYPTION_SECRETS,
                    CaptureBlock.CUSTOM,
                    CaptureBlock.CUSTOM_NOT_COPIED -> Pcapng.FRAME + 4;
            default -> 0;
        };
    }

    private static int u32(StreamWindow window, int at, boolean swapped) {
        int value = window.memory().get(U32, window.at() + at);
        return swapped ? Integer.reverseBytes(value) : value;
    }
}
