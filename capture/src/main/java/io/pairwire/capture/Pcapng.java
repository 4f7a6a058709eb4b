package io.pairwire.capture;

/** Numbers of the pcapng format (<a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft</a>). */
final class Pcapng {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int NAME_RESOLUTION = 4;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    /** Type and the length before the body, bytes. */
    static final int BLOCK_HEADER = 8;

    /** Type and both lengths. */
    static final int FRAME = 12;

    /** Type, lengths, and what is fixed in the body. */
    static final int SECTION_FRAME = 28;

    static final int INTERFACE_FRAME = 20;
    static final int PACKET_FRAME = 32;
    static final int SIMPLE_PACKET_FRAME = 16;
    static final int STATISTICS_FRAME = 24;

    static final int SECTION_HARDWARE = 2;
    static final int SECTION_OS = 3;
    static final int SECTION_APPLICATION = 4;

    static final int INTERFACE_NAME = 2;
    static final int INTERFACE_DESCRIPTION_TEXT = 3;
    static final int INTERFACE_SPEED = 8;
    static final int INTERFACE_RESOLUTION = 9;
    static final int INTERFACE_FILTER = 11;
    static final int INTERFACE_OS = 12;
    static final int INTERFACE_FCS_LENGTH = 13;
    static final int INTERFACE_OFFSET = 14;
    static final int INTERFACE_HARDWARE = 15;

    static final int STATISTICS_START = 2;
    static final int STATISTICS_END = 3;
    static final int STATISTICS_RECEIVED = 4;
    static final int STATISTICS_DROPPED = 5;
    static final int STATISTICS_ACCEPTED = 6;
    static final int STATISTICS_DROPPED_BY_SYSTEM = 7;
    static final int STATISTICS_DELIVERED = 8;

    static final int NAMES_END = 0;
    static final int NAMES_IPV4 = 1;
    static final int NAMES_IPV6 = 2;

    private Pcapng() {}

    /** Length with padding to four bytes. */
    static int padded(int length) {
        return length + 3 & ~3;
    }
}
