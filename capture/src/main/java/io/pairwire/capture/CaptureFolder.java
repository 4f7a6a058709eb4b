package io.pairwire.capture;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The regular files below a folder, sorted by path, each of them once however many links lead there: a link to a file or
 * folder that is in the tree itself adds nothing, and loops end.
 */
public final class CaptureFolder {
    private final List<Path> files = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final ArrayDeque<Entry> folders = new ArrayDeque<>();
    private final ArrayDeque<Entry> links = new ArrayDeque<>();

    /** A folder, or a link, that could not be followed. */
    public record Unreadable(Path path, IOException reason) {}

    /** A path as the user sees it, and the same without links. */
    private record Entry(Path shown, Path real) {}

    private CaptureFolder() {}

    /** Lists the tree. What vanishes meanwhile is left out. */
    public static CaptureFolder list(Path folder) throws IOException {
        var tree = new CaptureFolder();
        tree.addFolder(new Entry(folder, folder.toRealPath()));
        while (tree.walkOne() || tree.followOne()) {} // links last, so that a file is known by its own name
        tree.files.sort(Comparator.naturalOrder());
        return tree;
    }

    /** All of them, captures or not. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** What could not be looked into. */
    public List<Unreadable> unreadable() {
        return List.copyOf(unreadable);
    }

    private void addFolder(Entry folder) {
        if (seen.add(folder.real)) folders.add(folder);
    }

    private boolean walkOne() {
        Entry folder = folders.poll();
        if (folder == null) return false;
        try (var entries = Files.newDirectoryStream(folder.real)) {
            for (Path real : entries) add(new Entry(folder.shown.resolve(real.getFileName()), real));
        } catch (DirectoryIteratorException e) {
            unreadable.add(new Unreadable(folder.shown, e.getCause()));
        } catch (IOException e) {
            unreadable.add(new Unreadable(folder.shown, e));
        }
        return true;
    }

    private void add(Entry entry) throws IOException {
        Optional<BasicFileAttributes> found = attributes(entry.real);
        if (found.isEmpty()) return;
        BasicFileAttributes attributes = found.get();
        if (attributes.isSymbolicLink()) {
            links.add(entry);
        } else if (attributes.isDirectory()) {
            addFolder(entry);
        } else if (attributes.isRegularFile() && seen.add(entry.real)) {
            files.add(entry.shown);
        }
    }

    /** Empty if it is not there. */
    private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException vanished) {
            return Optional.empty();
        }
    }

    private boolean followOne() {
        Entry link = links.poll();
        if (link == null) return false;
        try {
            add(new Entry(link.shown, link.real.toRealPath()));
        } catch (NoSuchFileException dangling) {
            return true;
        } catch (IOException e) {
            unreadable.add(new Unreadable(link.shown, e));
        }
        return true;
    }
}
