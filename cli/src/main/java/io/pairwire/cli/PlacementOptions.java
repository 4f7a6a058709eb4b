package io.pairwire.cli;

import io.pairwire.live.PlacedSource;
import io.pairwire.memory.pool.MemorySource;
import io.pairwire.platform.numa.NodePolicy;
import io.pairwire.platform.numa.NumaTopology;
import io.pairwire.platform.numa.PageSupport;
import io.pairwire.platform.numa.Pages;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.numa.Placement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In what pages the memory of a pool lies, and where. */
final class PlacementOptions {
    @Option(
            names = "--pages",
            paramLabel = "KIND",
            converter = PagesConverter.class,
            description =
                    "default, transparent (huge pages as the kernel finds room), 2m or 1g (huge pages from its reserve)"
                            + " (default: default).")
    private Pages pages = Pages.DEFAULT;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            converter = NodesConverter.class,
            description =
                    "NUMA node: any, local (of the allocating thread), 1 (there and nowhere else), prefer:1 (elsewhere when"
                            + " it is full), 0,1 (page by page in turn) or all (default: any).")
    private NodePolicy nodes = new NodePolicy.Any();

    @Option(names = "--prefault", description = "Have all pages there before the first buffer is used.")
    private boolean prefault;

    PlacementOptions() {}

    private Placement placement() {
        return new Placement(pages, nodes, prefault);
    }

    /** The memory that was asked for, or what comes closest, with a line that says so. */
    MemorySource source(Streams streams) {
        Placement wanted = placement();
        return wanted.equals(Placement.DEFAULT) ? MemorySource.offHeap() : PlacedSource.here(wanted, streams::tell);
    }

    /** The same through calls that fail; a node is asked for in any case, so that there is something to refuse. */
    MemorySource source(FaultyCalls calls, Streams streams) throws IOException {
        Placement wanted = placement();
        if (wanted.equals(Placement.DEFAULT))
            wanted = wanted.withNodes(new NodePolicy.Local()).withPrefault(true);
        return new PlacedSource(
                new PlacedMemory(wanted, NumaTopology.here(), PageSupport.here(), calls, streams::tell));
    }

    /** Short names. */
    static final class PagesConverter implements ITypeConverter<Pages> {
        PagesConverter() {}

        @Override
        public Pages convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "default" -> Pages.DEFAULT;
                case "transparent", "thp" -> Pages.TRANSPARENT;
                case "2m" -> Pages.HUGE_2M;
                case "1g" -> Pages.HUGE_1G;
                default ->
                    throw new TypeConversionException(
                            "not a kind of pages: '" + text + "' (default, transparent, 2m or 1g)");
            };
        }
    }

    /** A policy in a word. */
    static final class NodesConverter implements ITypeConverter<NodePolicy> {
        private static final String PREFER = "prefer:";

        NodesConverter() {}

        @Override
        public NodePolicy convert(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            try {
                if (word.equals("any")) return new NodePolicy.Any();
                if (word.equals("local")) return new NodePolicy.Local();
                if (word.equals("all")) return new NodePolicy.Interleave(List.of());
                if (word.startsWith(PREFER)) {
                    return new NodePolicy.Preferred(Integer.parseInt(word.substring(PREFER.length())));
                }
                List<Integer> numbers =
                        Arrays.stream(word.split(",")).map(Integer::valueOf).toList();
                return numbers.size() == 1
                        ? new NodePolicy.Bind(numbers.getFirst())
                        : new NodePolicy.Interleave(numbers);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("not a node: '" + text + "' (any, local, all, 0, prefer:0 or 0,1)");
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
