package io.pairwire.cli;

import io.pairwire.memory.pool.MemoryGrant;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.PoolStatistics;
import io.pairwire.memory.pool.SizeClass;
import io.pairwire.output.JsonText;
import io.pairwire.platform.numa.HugePages;
import io.pairwire.platform.numa.MappedPages;
import io.pairwire.platform.numa.NumaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pool and the machine it lies on, in words and as JSON.
 *
 * @param found what the kernel says of the pool's memory; empty if nothing was asked for
 */
record PoolDescription(
        PoolSettings settings, PoolStatistics statistics, Optional<MappedPages> found, MachineMemory machine) {

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("memory      " + statistics.source());
        lines.add("node        " + (statistics.node() < 0 ? "any" : statistics.node()));
        lines.add("at start    " + statistics.bytes() + " bytes");
        for (MemoryGrant each : statistics.memory()) {
            lines.add("asked       " + each.asked());
            lines.add("obtained    " + each.obtained() + ", " + each.bytes() + " bytes");
            if (!each.isWhole()) lines.add("reason      " + each.reason());
        }
        found.ifPresent(pages -> lines.add("found       " + text(pages)));
        lines.add("cache       2 x " + settings.cache() + " buffers a class and thread");
        lines.add("processors  " + Runtime.getRuntime().availableProcessors());
        lines.add("huge pages  " + machine.reserves());
        lines.add("transparent " + machine.transparent());
        for (String node : machine.nodes()) lines.add("numa node   " + node);
        lines.add("");
        lines.add("class  initial  ceiling  overhead  handles alone");
        PoolSettings handles = settings.withMetadata(false);
        for (SizeClass each : settings.classes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%5d  %7d  %7d  %7.1f%%  %12.1f%%",
                    each.length(),
                    each.initial(),
                    each.ceiling(),
                    100 * settings.overhead(each.length()),
                    100 * handles.overhead(each.length())));
        }
        return lines;
    }

    private static String text(MappedPages pages) {
        String nodes = pages.nodes().entrySet().stream()
                .map(each -> each.getValue() + " on node " + each.getKey())
                .collect(Collectors.joining(", "));
        return "pages of " + pages.pageBytes() + " bytes; " + pages.residentBytes() + " bytes resident, of these "
                + pages.transparentBytes() + " in transparent huge pages; " + pages.reservedBytes()
                + " in reserved ones; pages looked at: " + (nodes.isEmpty() ? "none there yet" : nodes);
    }

    String json() {
        PoolSettings handles = settings.withMetadata(false);
        String classes = settings.classes().stream()
                .map(each -> "{\"length\":" + each.length() + ",\"initial\":" + each.initial() + ",\"ceiling\":"
                        + each.ceiling() + ",\"overhead\":" + share(settings.overhead(each.length()))
                        + ",\"overhead_handles\":" + share(handles.overhead(each.length())) + "}")
                .collect(Collectors.joining(","));
        String memory = statistics.memory().stream()
                .map(each -> "{\"asked\":" + JsonText.quoted(each.asked()) + ",\"obtained\":"
                        + JsonText.quoted(each.obtained()) + ",\"reason\":" + JsonText.quoted(each.reason())
                        + ",\"bytes\":" + each.bytes() + "}")
                .collect(Collectors.joining(","));
        return "{\"source\":" + JsonText.quoted(statistics.source()) + ",\"node\":"
                + (statistics.node() < 0 ? "null" : statistics.node()) + ",\"bytes\":" + statistics.bytes()
                + ",\"cache\":" + settings.cache() + ",\"processors\":"
                + Runtime.getRuntime().availableProcessors() + ",\"memory\":[" + memory + "],\"found\":"
                + found.map(PoolDescription::object).orElse("null") + ",\"huge_pages\":"
                + objects(machine.pages().hugePages()) + ",\"transparent_huge_pages\":"
                + JsonText.quoted(machine.pages().transparent().orElse("")) + ",\"nodes\":["
                + machine.topology().nodes().stream()
                        .map(PoolDescription::object)
                        .collect(Collectors.joining(","))
                + "],\"classes\":[" + classes + "]}";
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String object(MappedPages pages) {
        String nodes = pages.nodes().entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(","));
        return "{\"page_bytes\":" + pages.pageBytes() + ",\"resident_bytes\":" + pages.residentBytes()
                + ",\"transparent_bytes\":" + pages.transparentBytes() + ",\"reserved_bytes\":"
                + pages.reservedBytes() + ",\"pages_on_node\":{" + nodes + "}}";
    }

    private static String objects(List<HugePages> reserves) {
        return reserves.stream()
                .map(each ->
                        "{\"bytes\":" + each.bytes() + ",\"total\":" + each.total() + ",\"free\":" + each.free() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(NumaNode node) {
        return "{\"node\":" + node.number() + ",\"processors\":" + list(node.cpus()) + ",\"bytes\":"
                + bytes(node.bytes())
                + ",\"free\":" + bytes(node.freeBytes()) + ",\"distances\":" + list(node.distances())
                + ",\"huge_pages\":"
                + objects(node.hugePages()) + "}";
    }

    /** A kernel without nodes does not tell. */
    private static String bytes(long bytes) {
        return bytes == Long.MAX_VALUE ? "null" : Long.toString(bytes);
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
