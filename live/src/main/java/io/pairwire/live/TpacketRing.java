package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The ring of a packet socket, {@code TPACKET_V3} of {@code linux/if_packet.h}: blocks that the kernel fills and this walks.
 *
 * <pre>
 *  block      0 version   4 to private   8 status   12 packets   16 to first packet   20 length   24 sequence
 *  packet     0 to next   4 seconds   8 nanoseconds   12 captured   16 original   20 status   24 to bytes (16 bits)
 *            32 VLAN tag (TCI)   36 VLAN type (16 bits)   48 sockaddr_ll
 * </pre>
 *
 * <p>The lowest bit of a block's status says whose it is. Reading it with acquire shows what the kernel wrote before it set the
 * bit; clearing it with release gives the block back after the last read of it. One thread walks; {@link #readyBlocks} may be asked by any.
 *
 * <p>What the kernel says is not trusted with more than its block: a packet that would reach beyond ends the block.
 */
final class TpacketRing {
    /** Bytes in front of a packet's own that this ring must be able to write to. */
    static final int HEADROOM = 32;

    static final int BLOCK_STATUS = 8;
    static final int BLOCK_PACKETS = 12;
    static final int BLOCK_FIRST = 16;
    static final int BLOCK_HEADER = 48;
    static final int NEXT = 0;
    static final int SECONDS = 4;
    static final int NANOSECONDS = 8;
    static final int CAPTURED = 12;
    static final int ORIGINAL = 16;
    static final int STATUS = 20;
    static final int BYTES_AT = 24;
    static final int VLAN_TAG = 32;
    static final int VLAN_TYPE = 36;
    static final int ADDRESS = 48;
    static final int HEADER = ADDRESS + 20;

    static final int TO_USER = 1;
    static final int TO_KERNEL = 0;
    static final int VLAN_VALID = 0x10;
    static final int VLAN_TYPE_VALID = 0x40;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfShort NETWORK_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final VarHandle BLOCK_STATUS_AT = ValueLayout.JAVA_INT.varHandle();
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int VLAN_TAG_LENGTH = 4;
    private static final int ADDRESSES_LENGTH = 12;
    private static final int ETHERTYPE_VLAN = 0x8100;

    private final MemorySegment ring;
    private final int blockBytes;
    private final int blocks;
    private final int linkType;
    private final boolean cooked;

    private int block;
    private long blockAt;
    private boolean held;
    private int left;
    private long at;
    private boolean tagRestored;
    private volatile long damaged;

    /**
     * @param ring {@code blocks} times {@code blockBytes}
     * @param linkType of the packets; {@link LinkType#LINUX_SLL2} where the socket gives no link header and it is made here
     */
    TpacketRing(MemorySegment ring, int blockBytes, int blocks, int linkType) {
        if (blocks < 2) throw new IllegalArgumentException("fewer than 2 blocks: " + blocks);
        if (ring.byteSize() < (long) blocks * blockBytes) {
            throw new IllegalArgumentException("ring is shorter than its blocks: " + ring.byteSize());
        }
        this.ring = ring;
        this.blockBytes = blockBytes;
        this.blocks = blocks;
        this.linkType = linkType;
        cooked = linkType == LinkType.LINUX_SLL2;
    }

    /** Moves the view to the next packet; false if the kernel has filled no further block. Valid until the next call here. */
    boolean next(Packet packet) {
        while (true) {
            while (left == 0) {
                release();
                if (!take()) return false;
            }
            left--;
            long header = at;
            long end = blockAt + blockBytes;
            if (header >= blockAt && end - header >= HEADER) {
                int captured = ring.get(INT, header + CAPTURED);
                long bytesAt = header + (ring.get(SHORT, header + BYTES_AT) & 0xffff);
                if (captured >= 0 && bytesAt - header >= HEADER + HEADROOM && end - bytesAt >= captured) {
                    at = header + Integer.toUnsignedLong(ring.get(INT, header + NEXT));
                    show(packet, header, bytesAt, captured);
                    return true;
                }
            }
            damaged = damaged + left + 1; // what lies in this block cannot be understood any further
            left = 0;
        }
    }

    private void show(Packet packet, long header, long bytesAt, int captured) {
        long epochNanos = Integer.toUnsignedLong(ring.get(INT, header + SECONDS)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(ring.get(INT, header + NANOSECONDS));
        tagRestored = (ring.get(INT, header + STATUS) & VLAN_VALID) != 0;
        int added = 0;
        if (cooked) added = cook(header, bytesAt);
        else if (tagRestored) added = restoreTag(header, bytesAt, captured);
        int original = ring.get(INT, header + ORIGINAL);
        packet.moveTo(ring, bytesAt - added, captured + added, original + added, epochNanos)
                .linkType(linkType);
    }

    /** Takes the next block from the kernel, if it has filled it. */
    private boolean take() {
        long there = (long) block * blockBytes;
        int status = (int) BLOCK_STATUS_AT.getAcquire(ring, there + BLOCK_STATUS); // shows the packets behind it
        if ((status & TO_USER) == 0) return false;
        held = true;
        blockAt = there;
        left = Math.max(0, Math.min(ring.get(INT, there + BLOCK_PACKETS), blockBytes / ADDRESS));
        at = there + Integer.toUnsignedLong(ring.get(INT, there + BLOCK_FIRST));
        block = block + 1 == blocks ? 0 : block + 1;
        return true;
    }

    /** Gives the block back when all of it was seen; packets of it are not valid any more. */
    void release() {
        if (!held || left > 0) return;
        held = false;
        BLOCK_STATUS_AT.setRelease(ring, blockAt + BLOCK_STATUS, TO_KERNEL); // after the last read of its packets
    }

    /** Is there a packet to be had without waiting? */
    boolean isReady() {
        return left > 0
                || ((int) BLOCK_STATUS_AT.getAcquire(ring, (long) block * blockBytes + BLOCK_STATUS) & TO_USER) != 0;
    }

    /** Was a VLAN tag put back into the packet that {@link #next} showed last? */
    boolean tagRestored() {
        return tagRestored;
    }

    /** Packets that could not be understood. */
    long damaged() {
        return damaged;
    }

    /** Packets of the current block not seen yet. */
    int left() {
        return left;
    }

    int blocks() {
        return blocks;
    }

    /** Blocks that wait to be read, as of some moment during this call. */
    int readyBlocks() {
        int ready = 0;
        for (int i = 0; i < blocks; i++) {
            ready += (int) BLOCK_STATUS_AT.getAcquire(ring, (long) i * blockBytes + BLOCK_STATUS) & TO_USER;
        }
        return ready;
    }

    /** Moves the addresses four bytes to the front and writes the tag behind them, as it was on the wire. */
    private int restoreTag(long header, long bytesAt, int captured) {
        if (linkType != LinkType.ETHERNET || captured < ADDRESSES_LENGTH) return 0;
        long start = bytesAt - VLAN_TAG_LENGTH;
        long first = ring.get(ValueLayout.JAVA_LONG_UNALIGNED, bytesAt);
        int rest = ring.get(INT, bytesAt + 8);
        ring.set(ValueLayout.JAVA_LONG_UNALIGNED, start, first);
        ring.set(INT, start + 8, rest);
        ring.set(NETWORK_SHORT, start + ADDRESSES_LENGTH, (short) vlanType(header));
        ring.set(NETWORK_SHORT, start + ADDRESSES_LENGTH + 2, (short) ring.get(INT, header + VLAN_TAG));
        return VLAN_TAG_LENGTH;
    }

    private int vlanType(long header) {
        boolean told = (ring.get(INT, header + STATUS) & VLAN_TYPE_VALID) != 0;
        return told ? ring.get(SHORT, header + VLAN_TYPE) & 0xffff : ETHERTYPE_VLAN;
    }

    /** Writes a Linux cooked header of version 2 in front of the packet, from the address that the kernel gives beside it. */
    private int cook(long header, long bytesAt) {
        long address = header + ADDRESS;
        short protocol = ring.get(NETWORK_SHORT, address + 2);
        long at = bytesAt;
        if (tagRestored) {
            at -= VLAN_TAG_LENGTH;
            ring.set(NETWORK_SHORT, at, (short) ring.get(INT, header + VLAN_TAG));
            ring.set(NETWORK_SHORT, at + 2, protocol);
            protocol = (short) vlanType(header);
        }
        at -= CookedHeader.LENGTH;
        ring.set(NETWORK_SHORT, at, protocol);
        ring.set(NETWORK_SHORT, at + 2, (short) 0);
        ring.set(NETWORK_INT, at + 4, ring.get(INT, address + 4));
        ring.set(NETWORK_SHORT, at + 8, ring.get(SHORT, address + 8));
        ring.set(SHORT, at + 10, ring.get(SHORT, address + 10)); // packet type and address length, a byte each
        ring.set(ValueLayout.JAVA_LONG_UNALIGNED, at + 12, ring.get(ValueLayout.JAVA_LONG_UNALIGNED, address + 12));
        return (int) (bytesAt - at);
    }
}
