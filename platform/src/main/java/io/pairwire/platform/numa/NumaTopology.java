package io.pairwire.platform.numa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The NUMA nodes of a machine as they were when it was looked at.
 *
 * @param nodes by number, at least one
 */
public record NumaTopology(List<NumaNode> nodes) {
    /** Nodes that a kernel may have. */
    public static final int MOST_NODES = 1024;

    /** Where Linux tells of itself. */
    public static final Path SYS = Path.of("/sys");

    /** Of a machine that tells nothing: one node, with all memory. */
    public static final NumaTopology UNKNOWN = new NumaTopology(List.of(NumaNode.of(0, List.of(), Long.MAX_VALUE)));

    private static final Path NODES = Path.of("devices/system/node");
    private static final Path CPUS = Path.of("devices/system/cpu/online");
    private static final Path DEVICES = Path.of("class/net");

    public NumaTopology {
        nodes = nodes.stream().sorted(Comparator.comparingInt(NumaNode::number)).toList();
        if (nodes.isEmpty()) throw new IllegalArgumentException("no nodes");
        if (nodes.stream().map(NumaNode::number).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("a node is there twice: " + numbers(nodes));
        }
    }

    /** Of this machine. Where no nodes are told of, all processors and all memory are one. */
    public static NumaTopology here() throws IOException {
        return read(SYS);
    }

    /**
     * Of the machine that such a tree describes.
     *
     * @param sys what is {@code /sys} elsewhere
     * @throws IOException if a file cannot be understood; with its path
     */
    public static NumaTopology read(Path sys) throws IOException {
        Path root = sys.resolve(NODES);
        Path online = root.resolve("online");
        if (!Files.isReadable(online)) return one(sys);
        var nodes = new ArrayList<NumaNode>();
        for (int number : SystemFiles.list(online)) {
            if (number >= MOST_NODES) throw new IOException(online + ": has a node " + number);
            nodes.add(node(root.resolve("node" + number), number));
        }
        if (nodes.isEmpty()) throw new IOException(online + ": names no node");
        return new NumaTopology(nodes);
    }

    /** A kernel without NUMA. */
    private static NumaTopology one(Path sys) throws IOException {
        Path online = sys.resolve(CPUS);
        List<Integer> cpus = Files.isReadable(online) ? SystemFiles.list(online) : List.of();
        return new NumaTopology(List.of(NumaNode.of(0, cpus, Long.MAX_VALUE)));
    }

    private static NumaNode node(Path folder, int number) throws IOException {
        Path distance = folder.resolve("distance");
        return new NumaNode(
                number,
                SystemFiles.list(folder.resolve("cpulist")),
                SystemFiles.kibibytes(folder.resolve("meminfo"), "MemTotal:"),
                SystemFiles.kibibytes(folder.resolve("meminfo"), "MemFree:"),
                Files.isReadable(distance) ? SystemFiles.numbers(distance) : List.of(),
                SystemFiles.hugePages(folder.resolve("hugepages")));
    }

    /** The node of that number. */
    public boolean has(int number) {
        return nodes.stream().anyMatch(node -> node.number() == number);
    }

    /** Numbers of the nodes with memory, ascending. */
    public List<Integer> withMemory() {
        return nodes.stream().filter(NumaNode::hasMemory).map(NumaNode::number).toList();
    }

    /**
     * The node nearest to a processor that has memory: mostly the one it belongs to.
     *
     * @return empty if the processor is not known
     */
    public OptionalInt nodeOf(int cpu) {
        for (NumaNode node : nodes) {
            if (node.cpus().contains(cpu)) return OptionalInt.of(nearestMemory(node));
        }
        return OptionalInt.empty();
    }

    private int nearestMemory(NumaNode from) {
        if (from.hasMemory()) return from.number();
        int nearest = from.number();
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < nodes.size(); i++) {
            int distance = i < from.distances().size() ? from.distances().get(i) : Integer.MAX_VALUE - 1;
            if (!nodes.get(i).hasMemory() || distance >= least) continue;
            least = distance;
            nearest = nodes.get(i).number();
        }
        return nearest;
    }

    /**
     * The node that the card of a network interface is attached to.
     *
     * @return empty if it has no card or nobody tells
     */
    public static OptionalInt nodeOfInterface(Path sys, String name) throws IOException {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) return OptionalInt.empty();
        Path file = sys.resolve(DEVICES).resolve(name).resolve("device/numa_node");
        if (!Files.isReadable(file)) return OptionalInt.empty();
        long node = SystemFiles.number(file);
        return node < 0 || node >= MOST_NODES ? OptionalInt.empty() : OptionalInt.of((int) node); // -1: not told
    }

    /** As the kernel writes it: {@code 0-3}. */
    @Override
    public String toString() {
        return numbers(nodes);
    }

    private static String numbers(List<NumaNode> nodes) {
        return nodes.stream().map(node -> Integer.toString(node.number())).collect(Collectors.joining(","));
    }
}
