package io.pairwire.decode.filter.ebpf;

import io.pairwire.capture.bpf.EbpfProgram;
import io.pairwire.decode.filter.ir.IrProgram;

/**
 * Writes a program as eBPF. It has 32-bit jumps, so it needs Linux 5.1 or later.
 *
 * <p>A kernel may have taken a VLAN tag out of the packet before a socket filter sees it; then the filter sees none.
 */
public final class EbpfEmitter {
    private EbpfEmitter() {}

    /**
     * A program of type {@code BPF_PROG_TYPE_SOCKET_FILTER}, which returns what the filter returns.
     *
     * @throws UnsupportedOperationException saying what eBPF cannot express
     */
    public static EbpfProgram socketFilter(IrProgram program) {
        return new EbpfCode(program, new SocketAccess()).emit();
    }

    /**
     * A program of type {@code BPF_PROG_TYPE_XDP}: packets that match go to the AF_XDP socket of their queue, and to the network stack
     * if there is none; all others go to the network stack. Packets in several buffers are seen as far as their first one.
     *
     * @param xskMap the descriptor of a map of type {@code BPF_MAP_TYPE_XSKMAP}
     * @throws UnsupportedOperationException saying what eBPF cannot express
     */
    public static EbpfProgram xdpRedirect(IrProgram program, int xskMap) {
        if (xskMap < 0) throw new IllegalArgumentException("the descriptor is negative: " + xskMap);
        return new EbpfCode(program, new XdpAccess(xskMap)).emit();
    }
}
