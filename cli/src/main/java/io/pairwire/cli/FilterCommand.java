package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.vfm.PlainWords;
import io.pairwire.decode.filter.vfm.VfmAssembler;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire filter}: what can be done with a filter apart from using it. */
@Command(
        name = "filter",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        sortOptions = false,
        description = "The filter workshop: compile, verify, disassemble, explain and count.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  As the kernel gets it:",
            "    pairwire filter compile tcp port 80",
            "  The same as numbers, for raw IP:",
            "    pairwire filter compile --link-type RAW --form decimals icmp",
            "  As eBPF for a socket, for a program in C:",
            "    pairwire filter compile --target ebpf --form initialisers tcp port 80",
            "  Is this program sound?",
            "    tcpdump -ddd icmp | pairwire filter verify --filter-language bpf -",
            "  Numbers to mnemonics:",
            "    tcpdump -ddd icmp | pairwire filter disassemble -",
            "  How an expression is understood:",
            "    pairwire filter explain 'vlan and not port 53'",
            "  A filter of VFLisp, and a program of VFM from the days of the older numbers:",
            "    pairwire filter explain --filter-language vflisp '(= dst-port 53)'",
            "    pairwire filter disassemble --filter-language vfm --filter-mode compat-v0 old.bin",
            "  How many packets match each expression of a list:",
            "    pairwire filter count capture.pcap --expressions list.txt"
        })
final class FilterCommand {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    FilterCommand(Streams streams) {
        this.streams = streams;
    }

    private static final String LINK_TYPE = "Link type of the packets, by name or number (default: ETHERNET).";
    private static final String LANGUAGE = "pcap, vflisp, vfm or bpf (default: pcap).";
    private static final String MODE =
            "How vflisp and vfm are understood: sound, compat-v1 or compat-v0 (default: sound).";
    private static final String FORM = "mnemonics, initialisers or decimals (default: mnemonics).";
    private static final String FORMS =
            "mnemonics, initialisers (C), decimals (classic BPF) or hex (eBPF) (default: mnemonics).";
    private static final String TARGET =
            "bpf: classic BPF; ebpf: eBPF for a socket; xdp: eBPF for XDP, with map 0 to be"
                    + " replaced by a loader; steps: what runs here (default: bpf).";

    @Command(
            name = "compile",
            mixinStandardHelpOptions = true,
            description = "Prints a filter as a program for a kernel: classic BPF, or eBPF for a socket or XDP.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  pairwire filter compile tcp port 80",
                "  pairwire filter compile --target ebpf --form initialisers tcp port 80",
                "  pairwire filter compile --target xdp --form hex udp",
                "  pairwire filter compile -O --link-type RAW 'not ip and ip6'"
            })
    int compile(
            @Option(names = "--target", paramLabel = "TARGET", description = TARGET, defaultValue = "bpf")
                    FilterTarget target,
            @Option(
                            names = {"-O", "--no-optimize"},
                            description = "Keep the program as the expression was written (pcap only).")
                    boolean asWritten,
            @Option(names = "--link-type", paramLabel = "TYPE", description = LINK_TYPE, defaultValue = "ETHERNET")
                    String linkType,
            @Option(names = "--form", paramLabel = "FORM", description = FORMS, defaultValue = "mnemonics")
                    FilterForm form,
            @Option(names = "--filter-language", paramLabel = "LANGUAGE", description = LANGUAGE, defaultValue = "pcap")
                    FilterLanguage language,
            @Option(
                            names = "--filter-mode",
                            paramLabel = "MODE",
                            description = MODE,
                            defaultValue = "sound",
                            converter = FilterModeConverter.class)
                    VfmMode mode,
            @Parameters(paramLabel = "EXPRESSION|FILE", arity = "0..*", description = "For bpf and vfm a file, or -.")
                    List<String> words)
            throws IOException {
        List<String> given = words == null ? List.of() : words;
        if (asWritten && language != FilterLanguage.PCAP) {
            throw new ParameterException(spec.commandLine(), "--no-optimize is for --filter-language pcap");
        }
        Filter filter = asWritten
                ? compiled(linkType, type -> Filter.compileAsWritten(String.join(" ", given), type))
                : compiled(language, mode, given, linkType);
        try {
            streams.out().print(target.of(filter, form));
        } catch (UnsupportedOperationException e) {
            streams.tell("no program for " + target.name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
        if (filter.neverMatches()) streams.tell("note: no packet of link type " + linkType + " matches");
        if (!filter.isCompiled()) streams.tell("note: within pairwire it " + FilterWords.runs(filter));
        return ExitCode.DONE;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Says whether a filter is sound, and whether a kernel takes it.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  pairwire filter verify 'ip6 protochain 6'",
                "  tcpdump -ddd icmp | pairwire filter verify --filter-language bpf -",
                "  pairwire filter verify --filter-language vfm examples/filters/small-udp.vfm"
            })
    int verify(
            @Option(names = "--link-type", paramLabel = "TYPE", description = LINK_TYPE, defaultValue = "ETHERNET")
                    String linkType,
            @Option(names = "--filter-language", paramLabel = "LANGUAGE", description = LANGUAGE, defaultValue = "pcap")
                    FilterLanguage language,
            @Option(
                            names = "--filter-mode",
                            paramLabel = "MODE",
                            description = MODE,
                            defaultValue = "sound",
                            converter = FilterModeConverter.class)
                    VfmMode mode,
            @Parameters(
                            paramLabel = "EXPRESSION|FILE",
                            arity = "1..*",
                            description = "An expression; for bpf and vfm a file, or -.")
                    List<String> words)
            throws IOException {
        if (language == FilterLanguage.BPF) {
            BpfProgram program = program(words);
            String objection = program.kernelObjection();
            streams.out()
                    .println("sound, " + program.instructions().size() + " instructions; "
                            + (objection.isEmpty() ? "a kernel takes it" : "a kernel refuses it: " + objection));
            return ExitCode.DONE;
        }
        if (language == FilterLanguage.VFM) {
            VfmProgram program = vfm(words, mode);
            streams.out()
                    .println("sound, " + program.instructions().size() + " instructions, a stack of "
                            + program.deepest() + (program.loops() ? "; loops" : "")
                            + (program.unreachable() > 0 ? "; never reached: " + program.unreachable() : "")
                            + "; " + FilterWords.kernel(compiled(linkType, type -> Filter.of(program, mode, type))));
            return ExitCode.DONE;
        }
        Filter filter = compiled(language, mode, words, linkType);
        streams.out().println("sound; " + FilterWords.kernel(filter));
        return ExitCode.DONE;
    }

    @Command(
            name = "disassemble",
            mixinStandardHelpOptions = true,
            description = "Reads classic BPF in any of its three forms and prints it in one; or VFM as bytes or text.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  tcpdump -ddd icmp | pairwire filter disassemble -",
                "  pairwire filter disassemble --filter-language vfm --filter-mode compat-v0 old.bin"
            })
    int disassemble(
            @Option(names = "--form", paramLabel = "FORM", description = FORM, defaultValue = "mnemonics")
                    FilterForm form,
            @Option(
                            names = "--filter-language",
                            paramLabel = "LANGUAGE",
                            description = "bpf or vfm (default: bpf).",
                            defaultValue = "bpf")
                    FilterLanguage language,
            @Option(
                            names = "--filter-mode",
                            paramLabel = "MODE",
                            description = MODE,
                            defaultValue = "sound",
                            converter = FilterModeConverter.class)
                    VfmMode mode,
            @Parameters(paramLabel = "FILE", description = "A file, or - for standard input.") String file)
            throws IOException {
        if (language == FilterLanguage.VFM) {
            streams.out().print(vfm(List.of(file), mode));
            return ExitCode.DONE;
        }
        streams.out().print(form.of(program(List.of(file))));
        return ExitCode.DONE;
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description =
                    "Says in plain words how a filter was understood, what is asked of a packet and what follows from"
                            + " each answer, and how it will run.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  pairwire filter explain 'vlan and not port 53'",
                "  pairwire filter explain --filter-language vflisp '(= dst-port 53)'",
                "  pairwire filter explain --filter-language vfm examples/filters/small-udp.vfm"
            })
    int explain(
            @Option(names = "--link-type", paramLabel = "TYPE", description = LINK_TYPE, defaultValue = "ETHERNET")
                    String linkType,
            @Option(names = "--filter-language", paramLabel = "LANGUAGE", description = LANGUAGE, defaultValue = "pcap")
                    FilterLanguage language,
            @Option(
                            names = "--filter-mode",
                            paramLabel = "MODE",
                            description = MODE,
                            defaultValue = "sound",
                            converter = FilterModeConverter.class)
                    VfmMode mode,
            @Parameters(
                            paramLabel = "EXPRESSION|FILE",
                            arity = "1..*",
                            description = "An expression; for bpf and vfm a file, or -.")
                    List<String> words)
            throws IOException {
        if (language == FilterLanguage.VFM) {
            VfmProgram program = vfm(words, mode);
            Filter filter = compiled(linkType, type -> Filter.of(program, mode, type));
            streams.out().print(FilterWords.explained(filter, PlainWords.of(program)));
            return ExitCode.DONE;
        }
        Filter filter = compiled(language, mode, words, linkType);
        String text = String.join(" ", words);
        String understood = switch (language) {
            case PCAP -> io.pairwire.decode.filter.pcap.PlainWords.of(text);
            case VFLISP -> io.pairwire.decode.filter.vflisp.PlainWords.of(text, mode);
            case VFM, BPF -> "";
        };
        streams.out().print(FilterWords.explained(filter, understood));
        return ExitCode.DONE;
    }

    @Command(
            name = "count",
            mixinStandardHelpOptions = true,
            description = "Prints capture, expression and matches, a line each, separated by tabs.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  pairwire filter count capture.pcap --expressions list.txt",
                "",
                "A line of the list is an expression, or three columns separated by tabs: link type,",
                "accept or reject, expression. Of the latter only those count whose link type occurs",
                "in the capture. \"refused\" stands for the matches where an expression means nothing."
            })
    int count(
            @Option(
                            names = "--expressions",
                            paramLabel = "FILE",
                            required = true,
                            description = "One expression a line.")
                    Path list,
            @Option(names = "--filter-language", paramLabel = "LANGUAGE", description = LANGUAGE, defaultValue = "pcap")
                    FilterLanguage language,
            @Option(
                            names = "--filter-mode",
                            paramLabel = "MODE",
                            description = MODE,
                            defaultValue = "sound",
                            converter = FilterModeConverter.class)
                    VfmMode mode,
            @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = "Captures.") List<String> captures)
            throws IOException {
        return new FilterCount(ExpressionList.read(list), language, mode, streams).run(captures);
    }

    private Filter compiled(FilterLanguage language, VfmMode mode, List<String> words, String linkType)
            throws IOException {
        String text = String.join(" ", words);
        return switch (language) {
            case PCAP -> compiled(linkType, type -> Filter.compile(text, type));
            case VFLISP -> compiled(linkType, type -> Filter.ofVfLisp(text, mode, type));
            case VFM -> {
                VfmProgram program = vfm(words, mode);
                yield compiled(linkType, type -> Filter.of(program, mode, type));
            }
            case BPF -> Filter.of(program(words));
        };
    }

    private Filter compiled(String linkType, IntFunction<Filter> compiler) {
        int type = LinkTypes.parse(linkType)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "unknown link type: " + linkType));
        try {
            return compiler.apply(type);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), FilterOptions.wrong(e) + "\n(for link type " + LinkType.name(type) + ")", e);
        }
    }

    private VfmProgram vfm(List<String> files, VfmMode mode) throws IOException {
        if (files.size() != 1) throw new ParameterException(spec.commandLine(), "VFM comes from one file, or -");
        String name = files.getFirst();
        String text = name.equals("-") ? VfmText.read(System.in, name, mode) : VfmText.read(Path.of(name), mode);
        try {
            return VfmAssembler.assemble(text, mode);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), FilterOptions.wrong(e), e);
        }
    }

    private BpfProgram program(List<String> files) throws IOException {
        if (files.size() != 1)
            throw new ParameterException(spec.commandLine(), "classic BPF comes from one file, or -");
        String text = files.getFirst().equals("-")
                ? new String(System.in.readNBytes(1 << 22), StandardCharsets.UTF_8)
                : FilterOptions.read(Path.of(files.getFirst()));
        try {
            return BpfProgram.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    files.getFirst() + ": "
                            + Optional.ofNullable(e.getMessage()).orElse("no program"),
                    e);
        }
    }
}
