package io.pairwire.decode;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;

/** Packets over memory that ends where they end, so that a read past the end throws. */
public final class Packets {
    private Packets() {}

    /** A packet that was captured whole. */
    public static Packet packet(byte[] bytes, int linkType) {
        return packet(bytes, bytes.length, linkType);
    }

    /** A packet of which more was on the wire. */
    public static Packet packet(byte[] bytes, int originalLength, int linkType) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, originalLength, 0)
                .linkType(linkType);
    }

    /** The first bytes of a packet, the rest cut off by the capture. */
    public static Packet cut(byte[] bytes, int length, int linkType) {
        return packet(Arrays.copyOf(bytes, length), bytes.length, linkType);
    }

    /** The first bytes of a packet, of which no more was ever sent. */
    public static Packet shortened(byte[] bytes, int length, int linkType) {
        return packet(Arrays.copyOf(bytes, length), length, linkType);
    }

    /** Headers, as arrays or in hexadecimal, one behind the other. */
    public static byte[] join(Object... parts) {
        byte[] joined = {};
        for (Object part : parts) {
            byte[] bytes = part instanceof byte[] array ? array : hex((String) part);
            int length = joined.length;
            joined = Arrays.copyOf(joined, length + bytes.length);
            System.arraycopy(bytes, 0, joined, length, bytes.length);
        }
        return joined;
    }

    /** Bytes in hexadecimal; blanks and line ends do not count. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
