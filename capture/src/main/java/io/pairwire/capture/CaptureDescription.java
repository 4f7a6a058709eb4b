package io.pairwire.capture;

import java.util.List;

/**
 * What a capture says about itself, as far as it has been read.
 *
 * @param format of the file
 * @param sections at least one
 * @param interfaces in the order of their numbers, see {@link Packet#interfaceIndex()}
 * @param names resolved while capturing
 * @param statistics counted while capturing
 * @param blocks secrets, custom and unknown blocks
 * @param leftOut sections, interfaces, names, statistics and blocks beyond what is kept of a file
 */
public record CaptureDescription(
        CaptureFormat format,
        List<CaptureSection> sections,
        List<CaptureInterface> interfaces,
        List<NameRecord> names,
        List<InterfaceStatistics> statistics,
        List<CaptureBlock> blocks,
        long leftOut) {

    public CaptureDescription {
        sections = List.copyOf(sections);
        interfaces = List.copyOf(interfaces);
        names = List.copyOf(names);
        statistics = List.copyOf(statistics);
        blocks = List.copyOf(blocks);
    }

    private static final int OVERHEAD = 200;
    private static final int IN_BRIEF = 16;

    /** Bytes of memory it takes, roughly. */
    long weight() {
        long things = (long) sections.size() + interfaces.size() + names.size() + statistics.size() + blocks.size();
        long bytes = things * OVERHEAD;
        for (CaptureBlock block : blocks) bytes += block.length();
        return bytes;
    }

    /** The same with the first sections, interfaces and statistics alone. */
    CaptureDescription brief() {
        var firstSections = sections.subList(0, Math.min(sections.size(), IN_BRIEF));
        var firstInterfaces = interfaces.subList(0, Math.min(interfaces.size(), IN_BRIEF));
        var firstStatistics = statistics.subList(0, Math.min(statistics.size(), IN_BRIEF));
        long gone = (long) sections.size()
                - firstSections.size()
                + (interfaces.size() - firstInterfaces.size())
                + (statistics.size() - firstStatistics.size())
                + names.size()
                + blocks.size();
        return new CaptureDescription(
                format, firstSections, firstInterfaces, List.of(), firstStatistics, List.of(), leftOut + gone);
    }

    /** Of a format that has one section and one interface. */
    static CaptureDescription of(CaptureFormat format, CaptureSection section, CaptureInterface only) {
        return new CaptureDescription(format, List.of(section), List.of(only), List.of(), List.of(), List.of(), 0);
    }
}
