package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** A {@code sockaddr_ll}, the address of packet sockets, {@code linux/if_packet.h}. */
public final class PacketAddress {
    /** Bytes. */
    public static final int LENGTH = 20;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PROTOCOL = 2;
    private static final int INTERFACE = 4;

    private PacketAddress() {}

    /**
     * An address to bind to.
     *
     * @param protocol {@link Linux#ETH_P_ALL}, or 0 to receive nothing
     * @param interfaceIndex 0 for all interfaces
     */
    public static MemorySegment of(Arena arena, int protocol, int interfaceIndex) {
        MemorySegment address = arena.allocate(LENGTH, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) Linux.AF_PACKET);
        address.set(NETWORK_SHORT, PROTOCOL, (short) protocol);
        address.set(ValueLayout.JAVA_INT, INTERFACE, interfaceIndex);
        return address;
    }
}
