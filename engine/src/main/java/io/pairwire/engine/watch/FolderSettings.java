package io.pairwire.engine.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is watched, and how.
 *
 * @param roots folders, or single files
 * @param include globs of names that are read; all if there are none
 * @param exclude globs of names that are not read
 * @param leftOut files and folders that are never looked at, such as the output
 * @param subfolders are folders inside folders watched too?
 * @param once does the source end when everything that is there was read?
 * @param onDone what becomes of files that were read
 * @param quiet a file that was not written for that long counts as complete
 */
public record FolderSettings(
        List<Path> roots,
        List<String> include,
        List<String> exclude,
        Set<Path> leftOut,
        boolean subfolders,
        boolean once,
        OnDone onDone,
        Duration quiet) {

    /** The time after which a file counts as complete unless another is asked for. */
    public static final Duration QUIET = Duration.ofSeconds(5);

    public FolderSettings {
        roots = List.copyOf(roots);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        leftOut = Set.copyOf(leftOut);
        if (roots.isEmpty()) throw new IllegalArgumentException("no folder to watch");
        if (quiet.isNegative()) throw new IllegalArgumentException("quiet is negative: " + quiet);
    }

    /** Everything below these, for ever, and nothing is touched. */
    public static FolderSettings of(Path... roots) {
        return new FolderSettings(
                List.of(roots), List.of(), List.of(), Set.of(), true, false, new OnDone.Leave(), QUIET);
    }

    public FolderSettings withOnce(boolean once) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }

    public FolderSettings withOnDone(OnDone onDone) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }

    public FolderSettings withNames(List<String> include, List<String> exclude) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }

    public FolderSettings withLeftOut(Set<Path> leftOut) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }

    public FolderSettings withSubfolders(boolean subfolders) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }

    public FolderSettings withQuiet(Duration quiet) {
        return new FolderSettings(roots, include, exclude, leftOut, subfolders, once, onDone, quiet);
    }
}
