package io.pairwire.engine.watch;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files below the roots, each once however many names lead to it, as they are known by place and by path. Told where to
 * look it finds out what became of it.
 */
final class FolderTree {
    private final FolderSettings settings;
    private final NameFilter names;
    private final FolderEvents events;
    private final FileTable files;

    /** Every folder that is listened to, with the root it belongs to. */
    private final Map<Path, Path> roots = new HashMap<>();

    private final Map<Path, String> unreadable = new HashMap<>();

    /** Is told what cannot be read, once each. */
    interface Complaint {
        void unreadable(Path path, IOException reason);
    }

    private final Complaint complaint;

    FolderTree(FolderSettings settings, FolderEvents events, FileTable files, Complaint complaint) {
        this.settings = settings;
        this.names = new NameFilter(settings);
        this.events = events;
        this.files = files;
        this.complaint = complaint;
    }

    /**
     * Looks at everything.
     *
     * @throws IOException if a root cannot be listed at the first time
     */
    void scan(boolean first) throws IOException {
        var walk = new Walk();
        for (Path root : settings.roots()) {
            try {
                var attributes = Files.readAttributes(root, BasicFileAttributes.class);
                if (attributes.isDirectory()) walk.folder(root, root, attributes);
                else walk.single(root, attributes);
            } catch (NoSuchFileException e) {
                if (!first) continue; // it may come back
                var clearer = new NoSuchFileException(root.toString(), null, "no such file or folder");
                clearer.initCause(e);
                throw clearer;
            }
        }
        walk.finish();
        files.forgetMissing();
        unreadable.keySet().removeIf(path -> !walk.unreadable.contains(path));
        for (FollowedFile file : files.named()) {
            if (!walk.found.contains(file.path)) files.lose(file);
        }
    }

    /** Looks at one place; answers false if more than that place must be looked at. */
    boolean look(Path path, boolean closed) {
        Path folder = path.getParent();
        Path root = folder == null ? null : roots.get(folder);
        if (root == null) return false;
        if (isSingle(path)) root = path;
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                if (settings.subfolders()) {
                    var walk = new Walk();
                    walk.folder(root, path, attributes);
                    walk.finish();
                }
            } else if (attributes.isRegularFile() && isWanted(root, path)) {
                take(path, attributes);
                files.at(path).ifPresent(file -> file.closed = closed);
            }
            return true;
        } catch (NoSuchFileException e) {
            boolean folderGone = roots.remove(path) != null;
            files.at(path).ifPresent(files::lose);
            return !folderGone;
        } catch (IOException e) {
            complain(path, e);
            return true;
        }
    }

    private boolean isSingle(Path path) {
        return settings.roots().contains(path);
    }

    private boolean isWanted(Path root, Path path) {
        boolean folderIsRoot = !root.equals(path);
        if (folderIsRoot && isOnlySingles(root)) return false;
        return names.accepts(root, path);
    }

    /** Is the folder listened to only because of single files in it? */
    private boolean isOnlySingles(Path root) {
        return !settings.roots().contains(root);
    }

    private void complain(Path path, IOException reason) {
        if (unreadable.putIfAbsent(path, String.valueOf(reason.getMessage())) == null) {
            complaint.unreadable(path, reason);
        }
    }

    private void take(Path path, BasicFileAttributes attributes) {
        String place = place(path, attributes);
        var known = files.in(place);
        if (known.isPresent()) {
            files.meet(known.get(), path, attributes.size(), other -> leadsTo(other, place));
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            files.add(path, FileIdentity.of(place, channel), attributes.size());
            unreadable.remove(path);
        } catch (ClosedChannelException stopped) {
            return; // the thread was interrupted, so nobody wants to know any more
        } catch (NoSuchFileException vanished) {
            files.countVanished(attributes.size());
        } catch (IOException e) {
            complain(path, e);
        }
    }

    private static String place(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? path.toAbsolutePath().toString() : key.toString();
    }

    private static boolean leadsTo(Path path, String place) {
        try {
            return place.equals(place(path, Files.readAttributes(path, BasicFileAttributes.class)));
        } catch (IOException e) {
            return false; // then at least this name does not
        }
    }

    /** A symbolic link that was met, and the root it lies below. */
    private record Link(Path root, Path path) {}

    /** One walk through folders: links last, so that a file is known by its own name. */
    private final class Walk {
        private final Set<Object> visited = new HashSet<>();
        private final Set<Path> found = new HashSet<>();
        private final Set<Path> unreadable = new HashSet<>();
        private final ArrayDeque<Link> links = new ArrayDeque<>();
        private final TreeMap<Path, BasicFileAttributes> toTake = new TreeMap<>();

        void single(Path file, BasicFileAttributes attributes) throws IOException {
            Path folder = file.toAbsolutePath().getParent();
            Path parent = file.getParent();
            if (parent == null) parent = folder;
            if (parent != null) {
                roots.putIfAbsent(parent, parent);
                events.watch(parent);
            }
            if (names.accepts(file, file)) toTake.put(file, attributes);
        }

        void folder(Path root, Path folder, BasicFileAttributes attributes) throws IOException {
            Object key = attributes.fileKey();
            if (!visited.add(key == null ? folder.toRealPath() : key) || names.isLeftOut(folder)) return;
            roots.put(folder, root);
            events.watch(folder); // before it is listed, so that nothing comes in between
            List<Path> inside = new ArrayList<>();
            try (var entries = Files.newDirectoryStream(folder)) {
                entries.forEach(inside::add);
            } catch (NoSuchFileException | NotDirectoryException vanished) {
                return;
            } catch (DirectoryIteratorException e) {
                fail(folder, e.getCause());
                return;
            } catch (IOException e) {
                fail(folder, e);
                return;
            }
            for (Path entry : inside) entry(root, entry);
        }

        private void entry(Path root, Path path) throws IOException {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException vanished) {
                return;
            } catch (IOException e) {
                fail(path, e);
                return;
            }
            if (attributes.isSymbolicLink()) links.add(new Link(root, path));
            else if (attributes.isDirectory()) subfolder(root, path, attributes);
            else if (attributes.isRegularFile()) file(root, path, attributes);
        }

        private void subfolder(Path root, Path path, BasicFileAttributes attributes) throws IOException {
            if (settings.subfolders()) folder(root, path, attributes);
        }

        private void file(Path root, Path path, BasicFileAttributes attributes) {
            if (names.accepts(root, path)) toTake.put(path, attributes);
        }

        private void link(Path root, Path path) throws IOException {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isDirectory()) subfolder(root, path, attributes);
                else if (attributes.isRegularFile()) file(root, path, attributes);
            } catch (NoSuchFileException dangling) {
                return;
            } catch (IOException e) {
                fail(path, e);
            }
        }

        private void fail(Path path, IOException reason) {
            unreadable.add(path);
            complain(path, reason);
        }

        void finish() throws IOException {
            takeAll();
            while (!links.isEmpty()) link(links.element().root, links.remove().path);
            takeAll();
        }

        private void takeAll() {
            toTake.forEach((path, attributes) -> {
                take(path, attributes);
                found.add(path);
                if (FolderTree.this.unreadable.containsKey(path)) unreadable.add(path);
            });
            toTake.clear();
        }
    }
}
