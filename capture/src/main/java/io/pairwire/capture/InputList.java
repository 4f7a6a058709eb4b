package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What the user named, folders expanded, each file looked at once for its format and the time of its first packet. */
final class InputList {
    private static final String STANDARD_INPUT = "-";
    private static final int SHORTEST_MAGIC = 4;
    private static final String INDEX = ".pwx"; // index.CaptureIndex.SUFFIX, which lies above

    final List<String> names = new ArrayList<>();
    final List<Input> inputs = new ArrayList<>();
    final List<SourceStatistics.Damage> damages = new ArrayList<>();
    int skipped;
    long totalBytes;
    boolean hasPipe;

    private final ByteBuffer peek = ByteBuffer.allocateDirect(4 << 10);

    private final ReadOptions options;

    InputList(List<String> named, ReadOptions options) throws IOException {
        this.options = options;
        for (String name : named) add(name);
    }

    private void add(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            inputs.add(Input.standardInput(nextIndex(name), name));
            hasPipe = true;
            return;
        }
        Path path = path(name);
        BasicFileAttributes attributes = attributes(path, name);
        if (attributes.isDirectory()) {
            addFolder(path);
        } else if (attributes.isRegularFile()) {
            addFile(path, name, attributes.size(), false);
        } else {
            inputs.add(Input.pipe(nextIndex(name), name, path));
            hasPipe = true;
        }
    }

    private static Path path(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FileSystemException(name, null, "not a path: " + e.getReason());
        }
    }

    private static BasicFileAttributes attributes(Path path, String name) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            var clearer = new NoSuchFileException(name, null, "no such file or folder");
            clearer.initCause(e);
            throw clearer;
        }
    }

    private void addFolder(Path folder) throws IOException {
        CaptureFolder tree = CaptureFolder.list(folder);
        for (Path file : tree.files()) {
            if (file.toString().endsWith(INDEX)) continue; // ours, and no wonder that it is no capture
            try {
                addFile(file, file.toString(), Files.size(file), true);
            } catch (NoSuchFileException vanished) {
                skipped++;
            }
        }
        for (var failed : tree.unreadable()) {
            fail(failed.path().toString(), failed.reason());
        }
    }

    private void addFile(Path path, String name, long length, boolean inFolder) throws NoSuchFileException {
        if (inFolder && length < SHORTEST_MAGIC) {
            skipped++;
            return;
        }
        long first;
        try {
            first = firstNanos(path);
        } catch (UnsupportedCaptureException e) {
            if (inFolder && e.format() == CaptureFormat.UNKNOWN) {
                skipped++;
            } else {
                fail(name, e);
            }
            return;
        } catch (NoSuchFileException e) {
            if (inFolder) throw e;
            fail(name, e);
            return;
        } catch (IOException e) {
            fail(name, e);
            return;
        }
        inputs.add(Input.file(nextIndex(name), name, path, length, first));
        totalBytes += length;
    }

    /** A file whose first packet is damaged is no failure here: the merge will read it at once and tell. */
    private long firstNanos(Path path) throws IOException {
        var window = new StreamWindow(FileChannel.open(path, StandardOpenOption.READ), peek);
        try {
            Packet packet = new Packet();
            boolean any =
                    CaptureFormat.open(window, options, CaptureFormat.NOBODY).next(packet);
            return any && packet.hasTime() ? packet.epochNanos() : Input.AT_ONCE;
        } catch (MalformedCaptureException damaged) {
            return Input.AT_ONCE;
        } finally {
            window.channel().close();
        }
    }

    private void fail(String name, IOException reason) {
        nextIndex(name);
        damages.add(new SourceStatistics.Damage(name, -1, 0, reason(reason)));
    }

    private int nextIndex(String name) {
        names.add(name);
        return names.size() - 1;
    }

    /** Why an input cannot be read, without its name. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException vanished -> "no longer there";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
