package io.pairwire.platform.numa;

import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What memory really consists of. The kernel tells of whole mappings, and may have joined neighbours into one, so numbers are of all
 * mappings that the memory touches.
 *
 * @param pageBytes the length of pages that the mapping was made with
 * @param residentBytes that are there
 * @param transparentBytes of these, in transparent huge pages
 * @param reservedBytes in pages of the reserve, which the kernel does not count as resident
 * @param nodes how many of up to {@value #SAMPLES} pages, evenly chosen, lie on which node; those that are not there are
 *     not among them
 */
public record MappedPages(
        long pageBytes,
        long residentBytes,
        long transparentBytes,
        long reservedBytes,
        SortedMap<Integer, Integer> nodes) {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int SAMPLES = 512;
    private static final int KIB = 10;

    /** Addresses that were mapped. */
    record Range(long start, long bytes) {
        /** Is some of it between these two? */
        boolean meets(long from, long to) {
            return from - start < bytes
                    && start < to; // from is above the kernel's half if it is negative, and then to is too
        }
    }

    static MappedPages of(List<Range> ranges, MemoryCalls calls) throws IOException {
        return of(Files.readAllLines(MAPPINGS), ranges, nodes(ranges, calls));
    }

    private static SortedMap<Integer, Integer> nodes(List<Range> ranges, MemoryCalls calls) {
        long page = calls.pageBytes();
        long pages = ranges.stream().mapToLong(Range::bytes).sum() / page;
        long step = Math.max(1, pages / SAMPLES);
        var asked = ranges.stream()
                .flatMapToLong(range -> LongStream.iterate(
                        range.start(), at -> at - range.start() < range.bytes(), at -> at + step * page))
                .limit(SAMPLES)
                .toArray();
        var nodes = new TreeMap<Integer, Integer>();
        try {
            for (int node : calls.nodesOf(asked)) if (node >= 0) nodes.merge(node, 1, Integer::sum);
        } catch (SystemCallException refused) {
            return nodes; // a container may forbid the question; then nothing is known of nodes
        }
        return nodes;
    }

    /** From the lines of {@code smaps}, proc(5). */
    static MappedPages of(List<String> lines, List<Range> ranges, SortedMap<Integer, Integer> nodes)
            throws IOException {
        long pageBytes = 0;
        long resident = 0;
        long transparent = 0;
        long reserved = 0;
        boolean inside = false;
        for (String line : lines) {
            int colon = line.indexOf(':');
            int dash = line.indexOf('-');
            int space = line.indexOf(' ');
            if (dash > 0 && dash < space && (colon < 0 || colon > space)) {
                long start = hex(line, 0, dash);
                long end = hex(line, dash + 1, space);
                inside = ranges.stream().anyMatch(range -> range.meets(start, end));
                continue;
            }
            if (!inside || colon < 0) continue;
            switch (line.substring(0, colon)) {
                case "KernelPageSize" -> pageBytes = Math.max(pageBytes, kibibytes(line, colon));
                case "Rss" -> resident += kibibytes(line, colon);
                case "AnonHugePages" -> transparent += kibibytes(line, colon);
                case "Private_Hugetlb", "Shared_Hugetlb" -> reserved += kibibytes(line, colon);
                default -> {
                    continue; // of the two dozen numbers these matter
                }
            }
        }
        return new MappedPages(pageBytes, resident, transparent, reserved, nodes);
    }

    private static long hex(String line, int from, int to) throws IOException {
        try {
            return Long.parseUnsignedLong(line, from, to, 16);
        } catch (NumberFormatException e) {
            throw new IOException(MAPPINGS + ": cannot be understood: " + line, e);
        }
    }

    private static long kibibytes(String line, int colon) throws IOException {
        try {
            return Long.parseLong(line.substring(colon + 1).replace("kB", "").strip()) << KIB;
        } catch (NumberFormatException e) {
            throw new IOException(MAPPINGS + ": cannot be understood: " + line, e);
        }
    }
}
