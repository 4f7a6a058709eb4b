package io.pairwire.cli;

import io.pairwire.engine.watch.FolderEvents;
import io.pairwire.platform.Errno;
import io.pairwire.platform.FileSystem;
import io.pairwire.platform.Inotify;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Folder events from inotify. A folder that cannot be listened to, because the user may have no more of them, is seen when
 * everything is looked at; folders on a network have polling events instead.
 */
final class InotifyEvents implements FolderEvents {
    private static final int MASK = Inotify.IN_MODIFY
            | Inotify.IN_CLOSE_WRITE
            | Inotify.IN_MOVED_FROM
            | Inotify.IN_MOVED_TO
            | Inotify.IN_CREATE
            | Inotify.IN_DELETE;

    /** The same on all systems. */
    private static final int ENOTDIR = 20;

    /** Reads of the queue at once, so that a busy folder cannot keep the reader from reading. */
    private static final int READS = 8;

    private final Inotify inotify;

    private final Consumer<String> notices;
    private final Map<Integer, Path> folders = new HashMap<>();
    private boolean refused;

    private InotifyEvents(Inotify inotify, Consumer<String> notices) {
        this.inotify = inotify;

        this.notices = notices;
    }

    /** Events for these roots; {@code polling} itself where inotify is of no use, with a notice that says why. */
    static FolderEvents open(List<Path> roots, FolderEvents polling, Consumer<String> notices) {
        for (Path root : roots) {
            String network = network(root);
            if (!network.isEmpty()) {
                notices.accept(root + " is on " + network
                        + ", which does not tell of changes: it is looked at again and again");
                return polling;
            }
        }
        try {
            return new InotifyEvents(Inotify.open(), notices);
        } catch (SystemCallException | LinkageError e) {
            notices.accept("no inotify here (" + e.getMessage() + "): folders are looked at again and again");
            return polling;
        }
    }

    private static String network(Path root) {
        try {
            return FileSystem.networkName(FileSystem.type(root));
        } catch (SystemCallException | LinkageError e) {
            return ""; // whether it can be read at all is found out by reading it
        }
    }

    @Override
    public void watch(Path folder) {
        try {
            folders.put(inotify.watch(folder, MASK), folder);
        } catch (SystemCallException e) {
            boolean gone = e.errno() == Errno.ENOENT || e.errno() == ENOTDIR;
            if (refused || gone) return;
            refused = true;
            notices.accept(e.getMessage() + ": it is looked at again and again");
        }
    }

    @Override
    public void await(Duration limit, Handler handler) throws IOException {
        Inotify.Handler dispatch = (watch, mask, name) -> dispatch(watch, mask, name, handler);
        int events = inotify.poll((int) limit.toMillis(), dispatch);
        for (int i = 1; i < READS && events > 0; i++) events = inotify.poll(0, dispatch);
    }

    private void dispatch(int watch, int mask, String name, Handler handler) {
        if ((mask & Inotify.IN_Q_OVERFLOW) != 0) {
            handler.lost();
            return;
        }
        Path folder = folders.get(watch);
        if (folder == null) return; // an event from before the folder was forgotten
        if ((mask & Inotify.IN_IGNORED) != 0) {
            folders.remove(watch);
            handler.lost();
        } else if (!name.isEmpty()) {
            Path path = folder.resolve(name);
            if ((mask & Inotify.IN_CLOSE_WRITE) != 0) handler.closed(path);
            else handler.changed(path);
        }
    }

    @Override
    public void close() throws IOException {
        inotify.close();
    }
}
