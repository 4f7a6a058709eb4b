package io.pairwire.engine.watch;

import io.pairwire.capture.CaptureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Finds out what became of a file since it was looked at last: longer, another one, gone, or a capture at last. */
final class FileExaminer {
    /** A packed file that is still being written is read again when it has grown that much. */
    private static final int PACKED_GROWTH = 2;

    private final FolderSettings settings;
    private final FileTable files;
    private final OpenFiles opened;
    private final LongSupplier nanoClock;
    private final Consumer<String> notices;
    private final Listener listener;
    private volatile int captures;

    /** Is told what became of files. */
    interface Listener {
        /** It has no name, and is not open. */
        void gone(FollowedFile file);

        void unreadable(Path path, IOException reason);
    }

    FileExaminer(
            FolderSettings settings,
            FileTable files,
            OpenFiles opened,
            LongSupplier nanoClock,
            Consumer<String> notices,
            Listener listener) {
        this.settings = settings;
        this.files = files;
        this.opened = opened;
        this.nanoClock = nanoClock;
        this.notices = notices;
        this.listener = listener;
    }

    /** Captures that were met. */
    int captures() {
        return captures;
    }

    /** Looks how long a file is and whether it is still the same; answers who stands for it now, null if it is of no use. */
    @Nullable
    FollowedFile examine(FollowedFile file) throws IOException {
        if (file.gone && file.reader == null) {
            listener.gone(file);
            return null;
        }
        TailReader reader = file.reader;
        if (reader != null) return examine(file, reader.channel());
        try (FileChannel channel = FileChannel.open(file.path, StandardOpenOption.READ)) {
            return examine(file, channel);
        } catch (NoSuchFileException e) {
            files.lose(file); // looked at again in the next round, when it may have another name
            return null;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            listener.unreadable(file.path, e);
            return null;
        }
    }

    private FollowedFile examine(FollowedFile file, FileChannel channel) throws IOException {
        long length = channel.size();
        boolean shorter = length < (file.packed || file.ignored ? file.readTo : file.position);
        if (shorter || !file.identity.beginsAs(channel)) return replaced(file, channel);
        if (file.identity.isShort() && length > file.identity.sampleLength()) {
            file.identity = FileIdentity.of(file.identity.place(), channel);
        }
        if (length > file.length && file.length > 0) {
            file.grows = true;
            file.grewNanos = nanoClock.getAsLong();
        } else if (file.length == 0) {
            file.grewNanos = nanoClock.getAsLong();
        }
        file.length = length;
        if (!file.judged && length >= CaptureFormat.HEAD) judge(file, channel);
        return file;
    }

    private void judge(FollowedFile file, FileChannel channel) throws IOException {
        file.judged = true;
        byte[] head = new byte[CaptureFormat.HEAD];
        channel.read(ByteBuffer.wrap(head), 0);
        file.ignored = CaptureFormat.of(head) == CaptureFormat.UNKNOWN;
        if (!file.ignored) captures++;
    }

    private FollowedFile replaced(FollowedFile file, FileChannel channel) throws IOException {
        long left = file.unreadBytes();
        FollowedFile anew = files.replace(file, FileIdentity.of(file.identity.place(), channel));
        anew.length = channel.size();
        anew.grewNanos = nanoClock.getAsLong();
        if (anew.length >= CaptureFormat.HEAD) judge(anew, channel);
        file.vanishTold = true; // here, if there is anything to tell
        if (left > 0) {
            files.countVanished(left);
            notices.accept(file.name + " was written anew, with " + left + " bytes in it that were not read");
        }
        if (file.reader != null) {
            opened.close(file);
            files.changed(anew); // it is looked at once more, by a channel of its own
        }
        return anew;
    }

    /** Tells of a file that went away too early, once. */
    void tellVanished(FollowedFile file) {
        if (file.handled || file.vanishTold || file.ignored || file.damaged) return;
        boolean whole = file.closed || file.wasOpen || isQuiet(file);
        if (file.unreadBytes() == 0 && whole) return;
        file.vanishTold = true;
        files.countVanished(file.unreadBytes());
        notices.accept(file.name + " vanished, "
                + (file.unreadBytes() == 0
                        ? "and may have held more than was read"
                        : "with " + file.unreadBytes() + " bytes in it that were not read"));
    }

    static long lengthNow(FollowedFile file) throws IOException {
        TailReader reader = file.reader;
        if (reader != null) return Math.max(reader.channel().size(), file.length);
        try {
            return Math.max(Files.size(file.path), file.length);
        } catch (NoSuchFileException e) {
            return file.length;
        }
    }

    /** Is there something to read that makes sense to be read now? */
    boolean isReadable(FollowedFile file) {
        if (file.ignored || file.damaged) return false;
        if (file.reader != null && file.reader.hasHead()) return true;
        if (file.length <= file.readTo || file.length == 0) return false;
        if (!file.packed || file.readTo == 0 || settings.once()) return true;
        return file.closed || file.length / PACKED_GROWTH >= file.readTo || isQuiet(file);
    }

    /** Was it not written for so long that it counts as complete? */
    boolean isQuiet(FollowedFile file) {
        return nanoClock.getAsLong() - file.grewNanos >= settings.quiet().toNanos();
    }
}
