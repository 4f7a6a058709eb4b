package io.pairwire.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that results go to.
 *
 * <p>{@link #replace} writes beside the target and puts the new file in its place at {@link #close}, whole, on disk, with
 * the permissions of the old one: a reader sees the old file or the new one. After a failure the old file stays, and what
 * was written stays as {@code NAME.partial}; the exception says so. {@link #append} adds to the target. Symbolic links
 * are followed. A target that is there and is no regular file (a device, a pipe), and everything reached through
 * {@code /dev} or {@code /proc}, is opened as it is.
 *
 * <p>Exceptions name the file. Not thread-safe.
 */
public final class OutputFile implements WritableByteChannel {
    private static final int LINKS = 40; // as many as Linux follows
    private static final int NAMES = 100;
    private static final long SYNC_BYTES = 8 << 20;

    private final Path target;
    private final Optional<Path> temporary;
    private final FileChannel channel;
    private final boolean startsEmpty;
    private long unsynced;
    private boolean failed;
    private boolean open = true;

    private OutputFile(Path target, Optional<Path> temporary, FileChannel channel) throws IOException {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        startsEmpty = temporary.isPresent() || !Files.isRegularFile(target) || channel.size() == 0;
    }

    /** Replaces the target when this is closed without a failure before. */
    public static OutputFile replace(Path path) throws IOException {
        try {
            Path target = followed(path);
            if (isOpenedAsItIs(path, target)) return direct(target);
            if (Files.exists(target) && !Files.isWritable(target)) throw new IOException("permission denied");
            return beside(target);
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    /** Adds to the end of the target, which is made if it is not there. */
    public static OutputFile append(Path path) throws IOException {
        try {
            return direct(followed(path));
        } catch (IOException e) {
            throw new IOException(path + ": " + Reasons.of(e), e);
        }
    }

    /** Is there nothing in front of what will be written? */
    public boolean startsEmpty() {
        return startsEmpty;
    }

    /** @throws IOException after which nothing may be written any more; this channel is then closed */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            int taken = channel.write(bytes);
            if (temporary.isPresent()) sync(taken);
            return taken;
        } catch (IOException e) {
            throw givenUp(e);
        }
    }

    /**
     * Writes all of {@code bytes} at a place of the file, which may lie behind its end; for what begins with a header that
     * is known last. Not for pipes, nor for files that are added to.
     *
     * @throws IOException after which nothing may be written any more; this channel is then closed
     */
    public void writeAt(long position, ByteBuffer bytes) throws IOException {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                int taken = channel.write(bytes, at);
                at += taken;
                if (temporary.isPresent()) sync(taken);
            }
        } catch (IOException e) {
            throw givenUp(e);
        }
    }

    /** So that little is left to do at the end, when a signal may have left less than a second for it. */
    private void sync(int added) throws IOException {
        unsynced += added;
        if (unsynced < SYNC_BYTES) return;
        channel.force(false);
        unsynced = 0;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Gives up: the target stays as it was, what was written stays as {@code NAME.partial}. */
    public void abandon() throws IOException {
        if (!open) return;
        open = false;
        channel.close();
        if (temporary.isPresent()) Files.move(temporary.get(), partial(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the output final; does nothing after a failure or a second time. */
    @Override
    public void close() throws IOException {
        if (!open || failed) return;
        try {
            if (temporary.isPresent()) {
                channel.force(true);
                channel.close();
                Files.move(temporary.get(), target, StandardCopyOption.ATOMIC_MOVE);
            }
            channel.close();
        } catch (IOException e) {
            throw givenUp(e);
        }
        open = false;
    }

    private IOException givenUp(IOException cause) {
        failed = true;
        var text = new StringBuilder().append(target).append(": ").append(Reasons.of(cause));
        try {
            abandon();
            if (temporary.isPresent()) {
                text.append("; what was written is in ").append(partial());
                if (Files.exists(target)) text.append(", ").append(target).append(" is as it was");
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
            temporary.ifPresent(path -> text.append("; what was written is in ").append(path));
        }
        return new IOException(text.toString(), cause);
    }

    private Path partial() {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    /** The end of a chain of symbolic links, whether it is there or not. */
    private static Path followed(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int i = 0; i < LINKS && Files.isSymbolicLink(at) && !isSpecial(at); i++) {
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }

    /** {@code /dev/stdout} may lead to a regular file which the shell has open: it must not get another behind its back. */
    private static boolean isOpenedAsItIs(Path path, Path target) {
        return isSpecial(path.toAbsolutePath())
                || isSpecial(target)
                || Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
    }

    private static boolean isSpecial(Path path) {
        Path normal = path.normalize();
        boolean memory = normal.startsWith("/dev/shm"); // an ordinary file system that happens to live there
        return !memory && (normal.startsWith("/dev") || normal.startsWith("/proc"));
    }

    private static OutputFile direct(Path target) throws IOException {
        if (Files.isDirectory(target)) throw new IOException("is a directory");
        FileChannel channel = Files.exists(target) && !Files.isRegularFile(target)
                ? FileChannel.open(target, StandardOpenOption.WRITE)
                : FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new OutputFile(target, Optional.empty(), channel);
    }

    private static OutputFile beside(Path target) throws IOException {
        if (Files.isDirectory(target)) throw new IOException("is a directory");
        for (int i = 0; i < NAMES; i++) {
            String suffix = Integer.toHexString(ThreadLocalRandom.current().nextInt());
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + suffix + ".tmp");
            try {
                FileChannel channel = FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                try {
                    keepPermissions(target, temporary);
                } catch (IOException e) {
                    channel.close();
                    Files.delete(temporary);
                    throw e;
                }
                return new OutputFile(target, Optional.of(temporary), channel);
            } catch (FileAlreadyExistsException _) {
                continue; // another run has chosen the same name: take another
            }
        }
        throw new IOException("no free name for a temporary file beside it");
    }

    private static void keepPermissions(Path target, Path temporary) throws IOException {
        if (!Files.isRegularFile(target)) return;
        var old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old == null) return; // a file system without such permissions
        Files.setPosixFilePermissions(temporary, old.readAttributes().permissions());
    }
}
