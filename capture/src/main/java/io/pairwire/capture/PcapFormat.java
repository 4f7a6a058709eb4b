package io.pairwire.capture;

import java.nio.ByteOrder;

/**
 * What the header of a classic pcap file says about its records.
 *
 * @param order byte order of headers; packets are as they were on the wire
 * @param nanoseconds whether times are counted in nanoseconds, otherwise in microseconds
 * @param linkType of every packet, a {@link LinkType} number, 0 to 65535
 * @param snaplen bytes that are captured of a packet at most, from 1
 */
public record PcapFormat(ByteOrder order, boolean nanoseconds, int linkType, int snaplen) {

    /** The snapshot length that common tools use for "everything", bytes. */
    public static final int SNAPLEN = 262_144;

    static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    static final int MAGIC_MODIFIED = 0xa1b2cd34;
    static final int MAJOR = 2;
    static final int MINOR = 4;
    static final int FILE_HEADER = 24;

    /** Bytes in front of each packet. */
    public static final int RECORD_HEADER = 16;

    static final int MODIFIED_RECORD_HEADER = 24;

    public PcapFormat {
        if (linkType < 0 || linkType > 0xffff)
            throw new IllegalArgumentException("linkType is not in 0..65535: " + linkType);
        if (snaplen < 1) throw new IllegalArgumentException("snaplen is below 1: " + snaplen);
    }

    /** Little endian, nanoseconds, {@link #SNAPLEN}. */
    public static PcapFormat nanoseconds(int linkType) {
        return new PcapFormat(ByteOrder.LITTLE_ENDIAN, true, linkType, SNAPLEN);
    }

    /** Little endian, microseconds, {@link #SNAPLEN}: what every tool can read. */
    public static PcapFormat microseconds(int linkType) {
        return new PcapFormat(ByteOrder.LITTLE_ENDIAN, false, linkType, SNAPLEN);
    }

    /** A number for how records are written: the same for two files whose records are written alike. Never 0. */
    int style() {
        return 1 + (nanoseconds ? 1 : 0) + (order == ByteOrder.BIG_ENDIAN ? 2 : 0);
    }

    int magic() {
        return nanoseconds ? MAGIC_NANOSECONDS : MAGIC_MICROSECONDS;
    }
}
