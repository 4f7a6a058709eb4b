package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.engine.content.PacketContent;
import java.lang.foreign.MemorySegment;

/**
 * The layout of a row about one packet, and what two such rows do not have in common. The first {@value #WIDTH} bytes are
 * in every row that is brought together with others.
 */
final class Sighting {
    static final int KEY = 0;
    static final int TIME = 8;

    /** Number of the packet in its capture, from 0; in rows of later rounds the row of its {@link Detail}. */
    static final int NUMBER = 16;

    /** The next row with the same key, 1 more than it is; written while rows are brought together. */
    static final int NEXT = 20;

    static final int MACS = 24;
    private static final int ADDRESSES = 28;
    private static final int PORTS = 32;

    /** Time to live, traffic class, and the tag with the "do not fragment" bit above it. */
    private static final int HOPS = 36;

    private static final int CHECKSUMS = 40;

    static final int WIDTH = 44;

    private static final int DONT_FRAGMENT = 0x4000;

    private Sighting() {}

    /** Fills in all but the key and the number. */
    static void write(Rows rows, int row, Packet packet, PacketContent content, int ports) {
        MemorySegment memory = rows.chunk(row);
        long at = rows.at(row);
        memory.set(Rows.U64, at + TIME, packet.epochNanos());
        memory.set(Rows.U32, at + MACS, (int) content.macs());
        memory.set(Rows.U32, at + ADDRESSES, content.hosts());
        memory.set(Rows.U32, at + PORTS, ports);
        int tag = content.vlan() & 0x1fff | (content.fragment() & DONT_FRAGMENT) << 1;
        memory.set(Rows.U32, at + HOPS, content.ttl() << 24 | content.trafficClass() << 16 | tag);
        memory.set(Rows.U32, at + CHECKSUMS, content.networkChecksum() << 16 | content.transportChecksum());
    }

    static int ttl(Rows rows, int row) {
        return rows.get32(row, HOPS) >>> 24;
    }

    static int trafficClass(Rows rows, int row) {
        return rows.get32(row, HOPS) >>> 16 & 0xff;
    }

    static int vlan(Rows rows, int row) {
        return rows.get32(row, HOPS) & 0x1fff;
    }

    /** Hashes of both hosts, the source in the upper half. */
    static int hosts(Rows rows, int row) {
        return rows.get32(row, ADDRESSES);
    }

    static int ports(Rows rows, int row) {
        return rows.get32(row, PORTS);
    }

    static int checksums(Rows rows, int row) {
        return rows.get32(row, CHECKSUMS);
    }

    /**
     * The changes between two rows, as bits of {@link FieldChange}. A checksum that had to change because something under
     * it did is no change of its own.
     *
     * @param other changes that are already known
     */
    static int changes(Rows a, int rowA, Rows b, int rowB, int other) {
        MemorySegment memoryA = a.chunk(rowA);
        MemorySegment memoryB = b.chunk(rowB);
        long atA = a.at(rowA);
        long atB = b.at(rowB);
        int changes = other;
        int hops = memoryA.get(Rows.U32, atA + HOPS) ^ memoryB.get(Rows.U32, atB + HOPS);
        if (hops >>> 24 != 0) changes |= FieldChange.TTL.bit();
        if ((hops >>> 16 & 0xff) != 0) changes |= FieldChange.DSCP.bit();
        if ((hops & 0x8000) != 0) changes |= FieldChange.FRAGMENTATION.bit();
        if ((hops & 0x1fff) != 0) changes |= FieldChange.VLAN.bit();
        int macsA = memoryA.get(Rows.U32, atA + MACS);
        int macsB = memoryB.get(Rows.U32, atB + MACS);
        if (macsA != macsB && macsA != 0 && macsB != 0) changes |= FieldChange.MAC.bit();
        if (memoryA.get(Rows.U32, atA + ADDRESSES) != memoryB.get(Rows.U32, atB + ADDRESSES))
            changes |= FieldChange.ADDRESSES.bit();
        if (memoryA.get(Rows.U32, atA + PORTS) != memoryB.get(Rows.U32, atB + PORTS))
            changes |= FieldChange.PORTS.bit();
        int sums = memoryA.get(Rows.U32, atA + CHECKSUMS) ^ memoryB.get(Rows.U32, atB + CHECKSUMS);
        if (changes == 0 && sums == 0) return 0;
        boolean networkExplained = (changes & UNDER_NETWORK_CHECKSUM) != 0;
        boolean transportExplained = (changes & UNDER_TRANSPORT_CHECKSUM) != 0;
        if (sums >>> 16 != 0 && !networkExplained || (sums & 0xffff) != 0 && !transportExplained)
            changes |= FieldChange.CHECKSUM.bit();
        return changes;
    }

    private static final int UNDER_NETWORK_CHECKSUM = FieldChange.TTL.bit()
            | FieldChange.DSCP.bit()
            | FieldChange.IP_ID.bit()
            | FieldChange.FRAGMENTATION.bit()
            | FieldChange.LENGTH.bit()
            | FieldChange.OPTIONS.bit()
            | FieldChange.ADDRESSES.bit();

    private static final int UNDER_TRANSPORT_CHECKSUM = FieldChange.ADDRESSES.bit()
            | FieldChange.PORTS.bit()
            | FieldChange.FLAGS.bit()
            | FieldChange.SEQUENCE.bit()
            | FieldChange.ACKNOWLEDGMENT.bit()
            | FieldChange.WINDOW.bit()
            | FieldChange.OPTIONS.bit()
            | FieldChange.LENGTH.bit()
            | FieldChange.PAYLOAD.bit();
}
