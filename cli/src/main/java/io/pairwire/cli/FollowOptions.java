package io.pairwire.cli;

import io.pairwire.engine.watch.FolderSettings;
import io.pairwire.engine.watch.OnDone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How folders are watched. */
final class FollowOptions {
    @Option(names = "--once", description = "End when everything that is there was read.")
    boolean once;

    @Option(
            names = "--on-done",
            paramLabel = "WHAT",
            converter = OnDoneConverter.class,
            preprocessor = OnDonePreprocessor.class,
            description = "What becomes of a file that was read to its end, once its results are safe: leave, rename"
                    + " (puts .processed behind its name), move DIR, or delete (default: leave).")
    private OnDone onDone = new OnDone.Leave();

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Read only files with such names: '*.pcap', '{eth0,eth1}_*'; with a slash of the path below"
                    + " DIR; repeatable (default: all captures, whatever their names).")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Do not read files with such names; repeatable.")
    private List<String> exclude = List.of();

    @Option(names = "--no-subfolders", description = "Do not look into folders inside DIR.")
    private boolean noSubfolders;

    @Option(
            names = "--quiet-after",
            paramLabel = "TIME",
            description = "A file that was not written for that long counts as complete, if nobody was heard to close"
                    + " it (default: 5s).")
    private Duration quiet = FolderSettings.QUIET;

    @Option(
            names = "--poll",
            description = "Look into folders again and again instead of being told of changes; chosen by itself on"
                    + " network file systems.")
    boolean poll;

    @Option(
            names = "--poll-interval",
            paramLabel = "TIME",
            description = "How often, where folders are looked at again and again (default: 1s).")
    private Duration pollInterval = Duration.ofSeconds(1);

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where to keep how far everything is, so that after a crash nothing is lost or repeated"
                    + " (default: the name of -o with .journal behind it).")
    Optional<Path> journal = Optional.empty();

    @Option(names = "--no-journal", description = "Keep nothing: the next run reads everything again.")
    boolean noJournal;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings that may change while running, a line each: internal, request-side, expiry,"
                    + " max-unmatched, queue-policy, buffer-size, output, log-level, as in: expiry = 10s")
    Optional<Path> settings = Optional.empty();

    FollowOptions() {}

    Duration pollInterval() {
        return pollInterval;
    }

    /** Refuses what makes no sense together. */
    void check(CommandLine command) {
        if (noJournal && journal.isPresent()) {
            throw new ParameterException(command, "--no-journal contradicts --journal");
        }
        if (pollInterval.isZero() || pollInterval.isNegative()) {
            throw new ParameterException(command, "Invalid value for option '--poll-interval': not above 0");
        }
    }

    /**
     * What is watched.
     *
     * @param own files that are written and not to be read
     */
    FolderSettings folder(List<Path> roots, Set<Path> own) {
        var leftOut = new HashSet<>(own);
        if (onDone instanceof OnDone.Move move)
            leftOut.add(move.folder().toAbsolutePath().normalize());
        return new FolderSettings(roots, include, exclude, leftOut, !noSubfolders, once, onDone, quiet);
    }

    /** Does watching change the folder? */
    boolean touches() {
        return !(onDone instanceof OnDone.Leave);
    }

    /** {@code move DIR} is two words; the other answers are one. */
    static final class OnDonePreprocessor implements IParameterPreprocessor {
        OnDonePreprocessor() {}

        @Override
        public boolean preprocess(
                Stack<String> args, CommandSpec commandSpec, ArgSpec argSpec, Map<String, Object> info) {
            if (args.size() > 1 && args.peek().equalsIgnoreCase("move")) {
                args.pop();
                args.push("move:" + args.pop());
            }
            return false; // picocli goes on as usual
        }
    }

    /** Reads {@code leave}, {@code rename}, {@code delete}, {@code move:DIR}. */
    static final class OnDoneConverter implements ITypeConverter<OnDone> {
        private static final String MOVE = "move";

        OnDoneConverter() {}

        @Override
        public OnDone convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "leave" -> new OnDone.Leave();
                case "rename" -> new OnDone.Rename();
                case "delete" -> new OnDone.Delete();
                default -> move(text);
            };
        }

        private static OnDone move(String text) {
            boolean move = text.length() > MOVE.length() + 1
                    && text.regionMatches(true, 0, MOVE, 0, MOVE.length())
                    && ":= ".indexOf(text.charAt(MOVE.length())) >= 0;
            if (move) return new OnDone.Move(Path.of(text.substring(MOVE.length() + 1)));
            throw new TypeConversionException("'" + text + "' is none of leave, rename, move DIR, delete");
        }
    }
}
