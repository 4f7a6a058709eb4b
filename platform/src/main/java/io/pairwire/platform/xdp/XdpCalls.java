package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.SHORT;

import io.pairwire.platform.CFunction;
import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/** Numbers, structures and the two calls of sockets of the family AF_XDP, {@code linux/if_xdp.h}. */
final class XdpCalls {
    static final int AF_XDP = 44;
    static final int SOL_XDP = 283;

    // Options of SOL_XDP.
    static final int MMAP_OFFSETS = 1;
    static final int RX_RING = 2;
    static final int TX_RING = 3;
    static final int UMEM_REG = 4;
    static final int UMEM_FILL_RING = 5;
    static final int UMEM_COMPLETION_RING = 6;
    static final int STATISTICS = 7;
    static final int OPTIONS = 8;

    // Where mmap finds the rings.
    static final long RX_AT = 0;
    static final long TX_AT = 0x8000_0000L;
    static final long FILL_AT = 0x1_0000_0000L;
    static final long COMPLETION_AT = 0x1_8000_0000L;

    /** {@code struct xdp_umem_reg}; older kernels know the first 24 or 28 bytes, newer ones take the rest as 0. */
    static final StructLayout UMEM = MemoryLayout.structLayout(
            LONG.withName("addr"),
            LONG.withName("len"),
            INT.withName("chunk_size"),
            INT.withName("headroom"),
            INT.withName("flags"),
            MemoryLayout.paddingLayout(4));

    private static final StructLayout RING_OFFSET = MemoryLayout.structLayout(
            LONG.withName("producer"), LONG.withName("consumer"), LONG.withName("desc"), LONG.withName("flags"));

    static final StructLayout RING_OFFSETS = MemoryLayout.structLayout(
            RING_OFFSET.withName("rx"),
            RING_OFFSET.withName("tx"),
            RING_OFFSET.withName("fr"),
            RING_OFFSET.withName("cr"));

    static final StructLayout ADDRESS = MemoryLayout.structLayout(
            SHORT.withName("sxdp_family"),
            SHORT.withName("sxdp_flags"),
            INT.withName("sxdp_ifindex"),
            INT.withName("sxdp_queue_id"),
            INT.withName("sxdp_shared_umem_fd"));

    static final StructLayout COUNTERS = MemoryLayout.structLayout(
            LONG.withName("rx_dropped"),
            LONG.withName("rx_invalid_descs"),
            LONG.withName("tx_invalid_descs"),
            LONG.withName("rx_ring_full"),
            LONG.withName("rx_fill_ring_empty_descs"),
            LONG.withName("tx_ring_empty_descs"));

    /** {@code struct xdp_desc}. */
    static final StructLayout DESCRIPTOR =
            MemoryLayout.structLayout(LONG.withName("addr"), INT.withName("len"), INT.withName("options"));

    private static final int MSG_DONTWAIT = 0x40;

    private static final CFunction SENDTO = CFunction.named("sendto");
    private static final CFunction RECVFROM = CFunction.named("recvfrom");

    private XdpCalls() {}

    /** Tells the kernel to send what is in the TX ring. Answers with an {@link Errno}, 0 if none. */
    static int wakeTransmit(int descriptor) {
        return SENDTO.call(descriptor, 0, 0, MSG_DONTWAIT) < 0 ? CLibrary.errno() : 0;
    }

    /** Tells the driver that there are frames in the fill ring. Answers with an {@link Errno}, 0 if none. */
    static int wakeReceive(int descriptor) {
        return RECVFROM.call(descriptor, 0, 0, MSG_DONTWAIT) < 0 ? CLibrary.errno() : 0;
    }
}
