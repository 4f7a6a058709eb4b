package io.pairwire.engine.watch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Files that were read to their end, and what is to become of them: not before their results are safe, and only if they
 * have not grown meanwhile.
 */
final class DoneFiles {
    /** Names that are tried for a file whose name is taken already. */
    private static final int NAMES = 10_000;

    private final OnDone onDone;
    private final Consumer<String> notices;
    private final Set<FollowedFile> candidates = new LinkedHashSet<>();
    private List<FollowedFile> selected = List.of();

    DoneFiles(OnDone onDone, Consumer<String> notices) {
        this.onDone = onDone;
        this.notices = notices;
    }

    /** A file was read as far as it can be; if it ends behind a whole record, something may be done with it. */
    void add(FollowedFile file) {
        if (!(onDone instanceof OnDone.Leave)) candidates.add(file);
    }

    void remove(FollowedFile file) {
        candidates.remove(file);
    }

    /** Is there a file for which that holds and nothing was tried yet? */
    boolean isAny(Predicate<FollowedFile> complete) {
        for (FollowedFile file : candidates) {
            if (complete.test(file)) return true;
        }
        return false;
    }

    /** Chooses those for which that holds now: their packets are in what is kept next. */
    void select(Predicate<FollowedFile> complete) {
        selected = candidates.stream().filter(complete).toList();
    }

    /** What was read of the selected files is safe; answers whether anything was done with one. */
    boolean finish(FileTable files) {
        boolean any = false;
        for (FollowedFile file : selected) {
            candidates.remove(file);
            if (file.gone || file.handled) continue;
            try {
                if (Files.size(file.path) != file.readTo) continue; // there is more of it
                handle(file);
                file.handled = true;
                any = true;
                files.lose(file);
            } catch (NoSuchFileException vanished) {
                files.lose(file);
            } catch (IOException e) {
                tell(file, e);
            }
        }
        selected = List.of();
        return any;
    }

    private void tell(FollowedFile file, IOException e) {
        String what = switch (onDone) {
            case OnDone.Leave _ -> "left";
            case OnDone.Rename _ -> "renamed";
            case OnDone.Move _ -> "moved";
            case OnDone.Delete _ -> "deleted";
        };
        notices.accept(file.path + " was read and cannot be " + what + ": " + Reason.of(e));
    }

    private void handle(FollowedFile file) throws IOException {
        switch (onDone) {
            case OnDone.Leave _ -> {}
            case OnDone.Rename _ -> move(file.path, file.path.resolveSibling(file.path.getFileName() + OnDone.SUFFIX));
            case OnDone.Move move -> {
                Files.createDirectories(move.folder());
                move(file.path, move.folder().resolve(file.path.getFileName()));
            }
            case OnDone.Delete _ -> Files.delete(file.path);
        }
    }

    /** Never over another file: a number is put behind a name that is taken. */
    private static void move(Path from, Path to) throws IOException {
        Path free = to;
        for (int i = 1; i <= NAMES; i++) {
            try {
                Files.move(from, free);
                return;
            } catch (FileAlreadyExistsException _) {
                free = numbered(to, i);
            }
        }
        throw new IOException("all names like " + to + " are taken");
    }

    private static Path numbered(Path path, int number) {
        String name = path.getFileName().toString();
        return name.endsWith(OnDone.SUFFIX)
                ? path.resolveSibling(
                        name.substring(0, name.length() - OnDone.SUFFIX.length()) + "." + number + OnDone.SUFFIX)
                : path.resolveSibling(name + "." + number);
    }
}
