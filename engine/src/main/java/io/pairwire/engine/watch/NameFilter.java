package io.pairwire.engine.watch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** Which files are looked at at all, by their names and places. */
final class NameFilter {
    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;
    private final FolderSettings settings;

    /**
     * @throws java.util.regex.PatternSyntaxException if a glob is none
     */
    NameFilter(FolderSettings settings) {
        this.settings = settings;
        include = matchers(settings.include());
        exclude = matchers(settings.exclude());
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        var system = FileSystems.getDefault();
        return globs.stream().map(glob -> system.getPathMatcher("glob:" + glob)).toList();
    }

    /** May the file be read? A glob with a slash is about the whole path below the root, any other about the name. */
    boolean accepts(Path root, Path file) {
        if (isLeftOut(file)) return false;
        Path name = file.getFileName();
        if (name == null || name.toString().endsWith(OnDone.SUFFIX)) return false;
        Path below = file.startsWith(root) && !file.equals(root) ? root.relativize(file) : name;
        return (include.isEmpty() || matches(include, name, below)) && !matches(exclude, name, below);
    }

    private static boolean matches(List<PathMatcher> matchers, Path name, Path below) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(name) || matcher.matches(below));
    }

    /** Is it an output, or a folder that files are moved to? */
    boolean isLeftOut(Path path) {
        if (settings.leftOut().isEmpty()) return false;
        return settings.leftOut().contains(path.toAbsolutePath().normalize());
    }
}
