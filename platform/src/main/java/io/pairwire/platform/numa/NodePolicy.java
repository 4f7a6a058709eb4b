package io.pairwire.platform.numa;

import java.util.List;
import java.util.stream.Collectors;

/** On which NUMA nodes memory is to lie. */
public sealed interface NodePolicy {

    /** Wherever the kernel puts it, which is near the thread that writes first. */
    record Any() implements NodePolicy {
        @Override
        public String text() {
            return "any node";
        }
    }

    /** Near the processor that the allocating thread runs on, as long as there is room. */
    record Local() implements NodePolicy {
        @Override
        public String text() {
            return "the node of the allocating thread";
        }
    }

    /**
     * There and nowhere else. A node that is full then means that the kernel ends processes to make room, as with
     * {@code numactl --membind}.
     *
     * @param node from 0
     */
    record Bind(int node) implements NodePolicy {
        public Bind {
            check(node);
        }

        @Override
        public String text() {
            return "node " + node;
        }
    }

    /**
     * There as long as there is room.
     *
     * @param node from 0
     */
    record Preferred(int node) implements NodePolicy {
        public Preferred {
            check(node);
        }

        @Override
        public String text() {
            return "node " + node + " preferred";
        }
    }

    /**
     * Page by page on these in turn, so that threads everywhere are equally far from it.
     *
     * @param nodes each once; empty for all that have memory
     */
    record Interleave(List<Integer> nodes) implements NodePolicy {
        public Interleave {
            nodes = nodes.stream().sorted().distinct().toList();
            nodes.forEach(NodePolicy::check);
        }

        @Override
        public String text() {
            if (nodes.isEmpty()) return "all nodes in turn";
            return nodes.stream().map(String::valueOf).collect(Collectors.joining(",", "nodes ", " in turn"));
        }
    }

    /** For people. */
    String text();

    private static void check(int node) {
        if (node < 0 || node >= NumaTopology.MOST_NODES) {
            throw new IllegalArgumentException("node is not in 0.." + (NumaTopology.MOST_NODES - 1) + ": " + node);
        }
    }
}
