package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.FilterSplit;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.live.LiveFilter;
import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A filter that a user wrote, for live sources: as much as possible in the kernel, the rest here. */
final class LiveFilters implements IntFunction<LiveFilter> {
    private final String text;
    private final FilterOptions options;
    private final CommandLine command;

    private LiveFilters(String text, FilterOptions options, CommandLine command) {
        this.text = text;
        this.options = options;
        this.command = command;
        options.compiled(text); // is it one at all?
    }

    static IntFunction<LiveFilter> of(Optional<String> text, FilterOptions options, CommandLine command) {
        return text.isEmpty() ? _ -> LiveFilter.EVERYTHING : new LiveFilters(text.get(), options, command);
    }

    /** Each time a new one: some filters belong to one thread. */
    @Override
    public LiveFilter apply(int linkType) {
        PacketFilter anyLink = options.compiled(text);
        Optional<Filter> filter = anyLink.forLinkType(linkType);
        if (filter.isEmpty()) {
            String reason = anyLink.problems().isEmpty()
                    ? "the expression rejects all packets"
                    : anyLink.problems().getFirst().reason();
            throw new ParameterException(
                    command, "wrong filter for link type " + LinkType.name(linkType) + ": " + reason);
        }
        Filter exact = filter.get();
        FilterSplit split = FilterSplit.of(exact, FilterSplit.Target.CLASSIC);
        BpfProgram program = split.kernel().toBpf();
        boolean fits = program.kernelObjection().isEmpty();
        return new LiveFilter(
                fits ? Optional.of(program) : Optional.empty(), fits && split.isExact(), exact::matches, text);
    }
}
