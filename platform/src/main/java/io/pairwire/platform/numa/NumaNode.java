package io.pairwire.platform.numa;

import java.util.List;

/**
 * Processors and memory that are close to each other.
 *
 * @param number as the kernel has it, from 0; there may be gaps
 * @param cpus processors, ascending; none if it has memory alone
 * @param bytes of memory; 0 if it has processors alone
 * @param freeBytes of these, when it was looked at
 * @param distances to the nodes of the machine, in their order; 10 to itself, as a rule 20 or more to others. Empty if nobody
 *     tells
 * @param hugePages the reserves here, by growing page
 */
public record NumaNode(
        int number,
        List<Integer> cpus,
        long bytes,
        long freeBytes,
        List<Integer> distances,
        List<HugePages> hugePages) {
    public NumaNode {
        if (number < 0 || number >= NumaTopology.MOST_NODES) {
            throw new IllegalArgumentException("number is not in 0.." + (NumaTopology.MOST_NODES - 1) + ": " + number);
        }
        cpus = List.copyOf(cpus);
        distances = List.copyOf(distances);
        hugePages = List.copyOf(hugePages);
    }

    /** A node of which nothing else is known. */
    public static NumaNode of(int number, List<Integer> cpus, long bytes) {
        return new NumaNode(number, cpus, bytes, bytes, List.of(), List.of());
    }

    /** Can memory be taken here? */
    public boolean hasMemory() {
        return bytes > 0;
    }

    /** Free pages of that length in its reserve. */
    public long freeHugePages(long pageBytes) {
        return hugePages.stream()
                .filter(each -> each.bytes() == pageBytes)
                .mapToLong(HugePages::free)
                .sum();
    }
}
