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
    private final NodePolicy policy;
    private final MemoryCalls calls;
    private boolean told;

    Nearby(NodePolicy policy, MemoryCalls calls) {
        this.policy = policy;
        this.calls = calls;
    }

    /** On this machine. */
    static Nearby of(LiveSettings settings) {
        return new Nearby(policy(settings, NumaTopology.SYS), MemoryCalls.linux());
    }

    private static NodePolicy policy(LiveSettings settings, Path sys) {
        try {
            return policy(settings, NumaTopology.read(sys), sys);
        } catch (IOException unclear) { // no reason not to capture; doctor tells
            return new NodePolicy.Any();
        }
    }

    /** @param sys tells of cards */
    static NodePolicy policy(LiveSettings settings, NumaTopology topology, Path sys) throws IOException {
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
    interface Request<T> {
        T make() throws SystemCallException;
    }

    /** Makes a request for which the kernel takes memory of its own, as it does for rings, there if it may be told. */
    <T> T request(Request<T> request) throws SystemCallException {
        if (!(policy instanceof NodePolicy.Preferred(int node))) return request.make();
        var nodes = new BitSet();
        nodes.set(node);
        ThreadPolicy before;
        try {
            before = calls.threadPolicy();
            calls.bindThread(MemoryCalls.MPOL_PREFERRED, nodes);
        } catch (SystemCallException forbidden) { // a container; the ring then lies where the kernel puts it
            return request.make();
        }
        told = true;
        try {
            return request.make();
        } finally {
            calls.bindThread(before.mode(), before.nodes());
        }
    }

    /** For memory of our own. */
    NodePolicy policy() {
        return policy;
    }

    /** Where the kernel's memory was asked to lie, as the end of a sentence; empty if nobody could ask. */
    String text() {
        return told ? ", " + policy.text() : "";
    }
}
