package io.pairwire.platform.numa;

import io.pairwire.platform.SystemCallException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * A {@link NodePolicy} on a machine with certain nodes, for a certain thread.
 *
 * @param mode of {@link MemoryCalls#bind}, {@link MemoryCalls#MPOL_DEFAULT} for none
 * @param nodes that it is bound to
 * @param text for people
 * @param missing what could not be had; empty if all is there
 */
record Binding(int mode, BitSet nodes, String text, String missing) {

    static Binding of(NodePolicy policy, NumaTopology topology, MemoryCalls calls) {
        return switch (policy) {
            case NodePolicy.Any _ -> none("");
            case NodePolicy.Bind(int node) -> to(MemoryCalls.MPOL_BIND, List.of(node), policy, topology);
            case NodePolicy.Preferred(int node) -> to(MemoryCalls.MPOL_PREFERRED, List.of(node), policy, topology);
            case NodePolicy.Interleave(List<Integer> nodes) ->
                to(MemoryCalls.MPOL_INTERLEAVE, nodes.isEmpty() ? topology.withMemory() : nodes, policy, topology);
            case NodePolicy.Local _ -> local(topology, calls);
        };
    }

    private static Binding local(NumaTopology topology, MemoryCalls calls) {
        int cpu;
        try {
            cpu = calls.currentCpu();
        } catch (SystemCallException e) {
            return none(e.getMessage() == null ? "" : e.getMessage());
        }
        OptionalInt node = topology.nodeOf(cpu);
        if (node.isEmpty()) return none("processor " + cpu + " belongs to no node");
        return to(
                MemoryCalls.MPOL_PREFERRED,
                List.of(node.getAsInt()),
                new NodePolicy.Preferred(node.getAsInt()),
                topology);
    }

    private static Binding to(int mode, List<Integer> wanted, NodePolicy policy, NumaTopology topology) {
        var nodes = new BitSet();
        for (int node : wanted) if (topology.withMemory().contains(node)) nodes.set(node);
        if (nodes.cardinality() == wanted.size()) return new Binding(mode, nodes, policy.text(), "");
        String missing = "nodes with memory are " + topology.withMemory();
        if (nodes.isEmpty()) return none(missing);
        var rest = new NodePolicy.Interleave(nodes.stream().boxed().toList());
        return new Binding(mode, nodes, rest.text(), missing);
    }

    private static Binding none(String missing) {
        return new Binding(MemoryCalls.MPOL_DEFAULT, new BitSet(), "any node", missing);
    }

    boolean isNone() {
        return mode == MemoryCalls.MPOL_DEFAULT;
    }
}
