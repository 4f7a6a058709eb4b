package io.pairwire.cli;

import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.live.LiveGroup;
import io.pairwire.output.flows.FlowConnLog;
import io.pairwire.output.flows.FlowCsv;
import io.pairwire.output.flows.FlowFormat;
import io.pairwire.output.flows.FlowJson;
import io.pairwire.output.flows.FlowText;
import io.pairwire.output.flows.PrintedFlows;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Sessions while capturing. */
final class LiveFlowOptions {
    /** How a session looks. */
    enum Format {
        TEXT,
        CSV,
        JSONL,
        CONN,
        NONE
    }

    @Option(
            names = "--flows",
            description = "Print sessions as they end, and those left at the end, as the command flows does; to -o FILE"
                    + " if given.")
    private boolean flows;

    @Option(
            names = "--flows-format",
            paramLabel = "FORMAT",
            description = "text, csv, jsonl, conn (the columns of Zeek's conn.log) or none (default: text).")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--attributes",
            paramLabel = "NAMES",
            description = "With --flows: also tell these attributes, separated by commas, or all.")
    private Optional<String> attributes = Optional.empty();

    LiveFlowOptions() {}

    boolean isGiven() {
        return flows;
    }

    void check(CommandLine command) {
        if (!flows && (format.isPresent() || attributes.isPresent())) {
            throw new ParameterException(command, "--flows-format and --attributes go with --flows");
        }
    }

    boolean prints() {
        return format.orElse(Format.TEXT) != Format.NONE;
    }

    /** Protocols and attributes, read before an interface is opened. */
    Watching watching(Streams streams, CommandLine command) throws IOException {
        Catalogue catalogue = new CatalogueOptions().load(streams);
        return new Watching(catalogue, WantedAttributes.of(attributes, Set.of(), catalogue, command));
    }

    /** What is looked for. */
    record Watching(Catalogue catalogue, Wanted wanted) {}

    /** Begins to keep the sessions of a group. */
    LiveFlows open(LiveGroup group, Watching watching, OutputOptions output, Streams streams, LongSupplier epochNanos)
            throws IOException {
        OutputOptions.Destination to = prints() ? output.destination(streams) : OutputOptions.Destination.NOWHERE;
        var printed = new PrintedFlows(to.channel(), flowFormat(to.isEmpty()));
        return new LiveFlows(
                group, watching.catalogue(), SessionSettings.defaults(), watching.wanted(), printed, epochNanos);
    }

    private FlowFormat flowFormat(boolean heading) {
        return switch (format.orElse(Format.TEXT)) {
            case TEXT -> new FlowText();
            case CSV -> new FlowCsv(heading);
            case JSONL -> new FlowJson();
            case CONN -> new FlowConnLog(heading);
            case NONE -> FlowFormat.NONE;
        };
    }
}
