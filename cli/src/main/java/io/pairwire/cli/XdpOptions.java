package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.FilterSplit;
import io.pairwire.live.Backend;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.live.XdpFilter;
import io.pairwire.live.XdpSettings;
import io.pairwire.live.XdpSource;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What only {@code --backend af-xdp} has. */
final class XdpOptions {
    @Option(
            names = "--xdp-mode",
            paramLabel = "MODE",
            description = "Where the program of af-xdp runs: auto, native (in the driver), generic (on every driver) or"
                    + " offload (in the card) (default: auto).")
    private Optional<XdpSettings.Where> where = Optional.empty();

    @Option(
            names = "--xdp-copy",
            paramLabel = "HOW",
            converter = CopyConverter.class,
            description = "How packets get into memory: auto, zero-copy or copy (default: auto).")
    private Optional<XdpSettings.Copy> copy = Optional.empty();

    @Option(
            names = "--xdp-queues",
            paramLabel = "QUEUES",
            split = ",",
            description = "Receive queues to take packets from, such as 0,1 (default: all).")
    private List<Integer> queues = List.of();

    XdpOptions() {}

    /** How sources are opened; tells, loudly, that traffic is taken. */
    LiveGroup.Opening opening(
            Backend backend, Optional<String> filter, FilterOptions filters, CommandLine command, Streams streams) {
        if (backend != Backend.AF_XDP) {
            if (where.isPresent() || copy.isPresent() || !queues.isEmpty()) {
                throw new ParameterException(
                        command, "--xdp-mode, --xdp-copy and --xdp-queues go with --backend af-xdp");
            }
            return LiveSource::open;
        }
        XdpSettings settings;
        try {
            settings = XdpSettings.defaults()
                    .withWhere(where.orElse(XdpSettings.Where.AUTO))
                    .withCopy(copy.orElse(XdpSettings.Copy.AUTO))
                    .withQueues(queues)
                    .withFilter(filter(filter, filters));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--xdp-queues: " + e.getMessage(), e);
        }
        return device -> open(device, settings, streams);
    }

    private static LiveSource open(LiveSettings device, XdpSettings settings, Streams streams) throws IOException {
        XdpSource source = XdpSource.open(device, settings);
        source.notices().forEach(streams::tell);
        return source;
    }

    /** A filter that means nothing on Ethernet is told by who makes the exact one. */
    private static XdpFilter filter(Optional<String> text, FilterOptions filters) {
        if (text.isEmpty()) return XdpFilter.EVERYTHING;
        var filter = filters.compiled(text.get()).forLinkType(LinkType.ETHERNET);
        if (filter.isEmpty()) return XdpFilter.EVERYTHING;
        FilterSplit split = FilterSplit.of(filter.get(), FilterSplit.Target.XDP);
        return new XdpFilter(map -> split.kernel().toXdp(map), split.isExact());
    }

    /** Names with hyphens. */
    static final class CopyConverter implements ITypeConverter<XdpSettings.Copy> {
        CopyConverter() {}

        @Override
        public XdpSettings.Copy convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "auto" -> XdpSettings.Copy.AUTO;
                case "zero-copy", "zerocopy" -> XdpSettings.Copy.ZERO_COPY;
                case "copy" -> XdpSettings.Copy.COPY;
                default -> throw new TypeConversionException("not a way: '" + text + "' (auto, zero-copy or copy)");
            };
        }
    }
}
