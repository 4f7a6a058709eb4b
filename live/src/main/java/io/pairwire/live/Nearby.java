package io.pairwire.live;

import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.MemoryCalls;
import io.pairwire.platform.numa.MemoryCalls.ThreadPolicy;
import io.pairwire.platform.numa.NodePolicy;
import io.pairwire.platform.numa.NumaTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * Where the memory of a source should lie: next to the processor that its thread is kept on, else next to the card, whose interrupts
 * fill it. On a machine with one node that is no question.
 */
final class Nearby {
    private Nearby() {}

    static NodePolicy of(LiveSettings settings) throws IOException {
        return of(settings, NumaTopology.here(), NumaTopology.SYS);
    }

    /** @param sys tells of cards */
    static NodePolicy of(LiveSettings settings, NumaTopology topology, Path sys) throws IOException {
        if (topology.nodes().size() == 1) return new NodePolicy.Any();
        OptionalInt node = settings.cpu() >= 0
                ? topology.nodeOf(settings.cpu())
                : NumaTopology.nodeOfInterface(sys, settings.device());
        return node.isPresent() && topology.withMemory().contains(node.getAsInt())
                ? new NodePolicy.Preferred(node.getAsInt())
                : new NodePolicy.Any();
    }

    /** Something that the kernel takes memory for. */
    @FunctionalInterface
    interface Request {
        void make() throws SystemCallException;
    }

    /**
     * Makes a request for which the kernel takes memory of its own, as it does for a ring, on that node if it may be told.
     *
     * @return whether it was told
     */
    static boolean request(NodePolicy near, MemoryCalls calls, Request request) throws SystemCallException {
        if (!(near instanceof NodePolicy.Preferred(int node))) {
            request.make();
            return false;
        }
        var nodes = new BitSet();
        nodes.set(node);
        ThreadPolicy before;
        try {
            before = calls.threadPolicy();
            calls.bindThread(MemoryCalls.MPOL_PREFERRED, nodes);
        } catch (SystemCallException forbidden) { // a container; the ring then lies where the kernel puts it
            request.make();
            return false;
        }
        try {
            request.make();
        } finally {
            calls.bindThread(before.mode(), before.nodes());
        }
        return true;
    }
}
