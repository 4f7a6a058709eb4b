package io.pairwire.output.files;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Session;
import io.pairwire.output.JsonText;
import io.pairwire.output.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that gets the files which sessions carry, and {@code files.jsonl}, a line for each of them.
 *
 * <p>The folder must be empty or not there. A file is called by the number of its session, its own number in that
 * run, and what is harmless of the name that the protocol says. After a failure nothing more is written; {@link #check} throws
 * it, as a hook must not. Belongs to the thread of the inspectors that tell it of files.
 */
public final class FileFolder implements FileHook, AutoCloseable {
    /** Where the list of files is. */
    public static final String LIST = "files.jsonl";

    private final Path folder;
    private final FileLimits limits;
    private final OutputFile list;
    private final Map<Long, List<ExtractedFile>> open = new HashMap<>();
    private int openFiles;
    private Optional<IOException> failure = Optional.empty();
    private long seen;
    private long written;
    private long cut;
    private long refused;
    private long incomplete;
    private long bytes;

    /** @throws IOException if the folder is not empty, or cannot be made */
    public FileFolder(Path folder, FileLimits limits) throws IOException {
        this.folder = folder;
        this.limits = limits;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
            if (there.iterator().hasNext()) throw new IOException(folder + ": is not empty");
        }
        list = OutputFile.replace(folder.resolve(LIST));
    }

    @Override
    public Optional<FileReceiver> begins(Session session, CarriedFile file) {
        seen++;
        boolean room =
                written + cut + openFiles < limits.files() && openFiles < limits.open() && bytes < limits.total();
        if (!room || failure.isPresent()) {
            refused++;
            return Optional.empty();
        }
        String name = session.id() + "-" + seen + "-" + SafeName.of(file.name());
        try {
            var begun = new ExtractedFile(
                    this, folder.resolve(name), session.id(), file.length() >= 0, line(session, file, name));
            open.computeIfAbsent(session.id(), _ -> new ArrayList<>(1)).add(begun);
            openFiles++;
            return Optional.of(begun);
        } catch (IOException e) {
            failed(e);
            refused++;
            return Optional.empty();
        }
    }

    private static String line(Session session, CarriedFile file, String name) {
        boolean out = file.direction() == Direction.ORIGINATOR;
        String originator = AddressLiteral.of(session.ipVersion(), session.originatorHigh(), session.originatorLow());
        String responder = AddressLiteral.of(session.ipVersion(), session.responderHigh(), session.responderLow());
        return "{\"file\":" + JsonText.quoted(name) + ",\"session\":" + session.id() + ",\"protocol\":"
                + JsonText.quoted(file.protocol()) + ",\"from\":" + JsonText.quoted(out ? originator : responder)
                + ",\"to\":" + JsonText.quoted(out ? responder : originator) + ",\"name\":"
                + JsonText.quoted(file.name()) + ",\"media_type\":" + JsonText.quoted(file.mediaType())
                + ",\"encoding\":" + JsonText.quoted(file.encoding()) + ",\"announced_bytes\":" + file.length();
    }

    /** How many of these bytes may be written; they count as written. */
    int grant(long ofFile, int wanted) {
        long may = Math.min(wanted, Math.min(limits.file() - ofFile, limits.total() - bytes));
        int granted = failure.isPresent() ? 0 : (int) Math.max(0, may);
        bytes += granted;
        return granted;
    }

    void failed(IOException e) {
        if (failure.isEmpty()) failure = Optional.of(e);
    }

    /** A file is over: its line is written. */
    void ended(ExtractedFile file, boolean isCut, boolean isIncomplete, String rest) {
        openFiles--;
        List<ExtractedFile> ofSession = open.get(file.session());
        if (ofSession != null) {
            ofSession.remove(file);
            if (ofSession.isEmpty()) open.remove(file.session());
        }
        if (isCut) cut++;
        else written++;
        if (isIncomplete) incomplete++;
        if (failure.isPresent()) return;
        try {
            var line = ByteBuffer.wrap((rest + "}\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) list.write(line);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void sessionEnded(Session session) {
        List<ExtractedFile> left = open.get(session.id());
        if (left != null) List.copyOf(left).forEach(ExtractedFile::sessionEnded);
    }

    /** How it stands. */
    public FileCounts counts() {
        return new FileCounts(seen, written, cut, refused, incomplete, bytes);
    }

    /** Throws the failure after which nothing was written any more, if there is one. */
    public void check() throws IOException {
        if (failure.isPresent()) throw failure.get();
    }

    /** Ends all files and the list. */
    @Override
    public void close() throws IOException {
        for (List<ExtractedFile> left : List.copyOf(open.values()))
            List.copyOf(left).forEach(ExtractedFile::sessionEnded);
        if (failure.isEmpty()) list.close();
        else list.abandon();
        check();
    }
}
