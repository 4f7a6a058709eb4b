package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which packets take part: {@code --filter}, {@code --filter-file}, or words behind {@code --}. */
final class FilterOptions {
    /** Longer files hold no filter. */
    private static final long LARGEST_FILE = 1 << 20;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description = "Only packets that match; also as words behind --: ... -- tcp port 80.")
    private Optional<String> expression = Optional.empty();

    @Option(
            names = "--filter-language",
            paramLabel = "LANGUAGE",
            description = "pcap: expressions of pcap-filter(7); bpf: classic BPF as tcpdump -d, -dd or -ddd prints it;"
                    + " vflisp: s-expressions; vfm: assembler text or bytes of VFM (default: pcap).")
    private FilterLanguage language = FilterLanguage.PCAP;

    @Option(
            names = "--filter-mode",
            paramLabel = "MODE",
            description = "How vflisp and vfm are understood: sound, compat-v1 or compat-v0 (default: sound).",
            converter = FilterModeConverter.class)
    private VfmMode mode = VfmMode.SOUND;

    @Option(names = "--filter-file", paramLabel = "FILE", description = "The same, from a file.")
    private Optional<Path> file = Optional.empty();

    FilterOptions() {}

    FilterLanguage language() {
        return language;
    }

    /** How many of the last positional parameters stand behind {@code --}. */
    private int wordsBehind() {
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        int mark = all.indexOf("--");
        return mark < 0 ? 0 : all.size() - mark - 1;
    }

    /** The positional parameters that are no words of a filter. */
    List<String> inputs(List<String> positional) {
        return positional.subList(0, Math.max(0, positional.size() - wordsBehind()));
    }

    /** The text of the filter; empty if there is none. A file that cannot be read is a failure. */
    Optional<String> text(List<String> positional) throws IOException {
        int words = Math.min(wordsBehind(), positional.size());
        return textWith(List.of(), positional.subList(positional.size() - words, positional.size()));
    }

    /** The same of a command that takes words of a filter wherever they stand, and perhaps another option. */
    Optional<String> textWith(List<String> others, List<String> words) throws IOException {
        var texts = new ArrayList<>(others);
        expression.ifPresent(texts::add);
        if (file.isPresent()) {
            texts.add(language == FilterLanguage.VFM ? VfmText.read(file.get(), mode) : read(file.get()));
        }
        if (!words.isEmpty()) texts.add(String.join(" ", words));
        if (texts.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "more than one filter: use one of --filter, --filter-file, and words behind --");
        }
        return texts.stream().findFirst();
    }

    static String read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) throw new IOException(file + ": too large for a filter");
        return Files.readString(file);
    }

    /** The filter; empty if there is none. A text that is no filter is wrong usage. */
    Optional<PacketFilter> filter(List<String> positional) throws IOException {
        Optional<String> text = text(positional);
        return text.isEmpty() ? Optional.empty() : Optional.of(compiled(text.get()));
    }

    /** The filter; empty if there is none. Its words are taken off the inputs. */
    Optional<PacketFilter> takeFrom(InputOptions inputs) throws IOException {
        Optional<PacketFilter> filter = filter(inputs.inputs);
        leaveInputs(inputs);
        return filter;
    }

    /**
     * The same for several threads: a filter of its own for each that asks.
     *
     * @param told gets what tells this filter from others
     */
    Optional<Supplier<PacketFilter>> takeEachFrom(InputOptions inputs, List<String> told) throws IOException {
        Optional<String> text = text(inputs.inputs);
        text.ifPresent(known -> told.addAll(List.of(language.name(), mode.name(), known)));
        text.ifPresent(this::compiled); // now, since what is wrong with it is wrong usage
        leaveInputs(inputs);
        return text.map(known -> () -> compiled(known));
    }

    private void leaveInputs(InputOptions inputs) {
        inputs.inputs = inputs(inputs.inputs);
        inputs.check();
    }

    /** A new filter from a text; one that is none is wrong usage. */
    PacketFilter compiled(String text) {
        try {
            return PacketFilter.compile(language, mode, text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), wrong(e), e);
        }
    }

    /** What is wrong with a filter, with a picture of the place if there is one. */
    static String wrong(IllegalArgumentException e) {
        return e instanceof FilterSyntaxException syntax
                ? "wrong filter: " + syntax.getMessage() + "\n" + syntax.picture()
                : "wrong filter: " + e.getMessage();
    }

    /** Tells for which link types the filter meant nothing. */
    static void tellProblems(PacketFilter filter, Streams streams) {
        for (PacketFilter.Problem problem : filter.problems()) {
            streams.tell("the filter means nothing for packets of link type " + LinkType.name(problem.linkType())
                    + ", which were refused: " + problem.reason());
        }
    }
}
