package io.pairwire.cli;

import io.pairwire.platform.numa.HugePages;
import io.pairwire.platform.numa.NumaNode;
import io.pairwire.platform.numa.NumaTopology;
import io.pairwire.platform.numa.PageSupport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The nodes and pages of this machine, as {@code doctor} and {@code pool info} tell them. */
record MachineMemory(NumaTopology topology, PageSupport pages) {
    private static final long HUGE_2M = 2 << 20;
    private static final int MIB = 20;

    static MachineMemory here() throws IOException {
        return new MachineMemory(NumaTopology.here(), PageSupport.here());
    }

    /** The reserve that 2 MiB pages are taken from. */
    HugePages hugePages() {
        return pages.reserve(HUGE_2M);
    }

    /** {@code 3 of 8 free of 2048 KiB, 0 of 0 free of 1048576 KiB}. */
    String reserves() {
        List<HugePages> known = pages.hugePages();
        return known.isEmpty()
                ? "this kernel has none"
                : known.stream()
                        .map(each -> each.free() + " of " + each.total() + " free of " + (each.bytes() >> 10) + " KiB")
                        .collect(Collectors.joining(", "));
    }

    String transparent() {
        return pages.transparent().orElse("this kernel has none");
    }

    /** One line for each node. */
    List<String> nodes() {
        return topology.nodes().stream().map(MachineMemory::line).toList();
    }

    private static String line(NumaNode node) {
        String memory = node.bytes() == Long.MAX_VALUE
                ? "all memory"
                : (node.bytes() >> MIB) + " MiB, " + (node.freeBytes() >> MIB) + " free";
        return node.number() + ": processors " + ranges(node.cpus()) + "; " + memory
                + (node.distances().size() > 1 ? "; distances " + node.distances() : "");
    }

    /** {@code 0-3,8}. */
    private static String ranges(List<Integer> numbers) {
        if (numbers.isEmpty()) return "none";
        var text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            int first = numbers.get(i);
            int last = first;
            while (i + 1 < numbers.size() && numbers.get(i + 1) == last + 1) last = numbers.get(++i);
            if (!text.isEmpty()) text.append(',');
            text.append(first);
            if (last > first) text.append('-').append(last);
        }
        return text.toString();
    }
}
