package io.pairwire.cli;

import io.pairwire.capture.CaptureFolder;
import io.pairwire.capture.CaptureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that the user named, folders expanded: every capture in them, by its content.
 *
 * @param files in the order of their names, members of a folder sorted by path
 * @param leftOut files in folders that are no captures
 * @param unreadable what could not be looked into, with the reason
 */
record NamedFiles(List<Path> files, int leftOut, List<String> unreadable) {

    /** @throws NoSuchFileException if one is neither a file nor a folder */
    static NamedFiles of(List<String> inputs) throws IOException {
        var files = new ArrayList<Path>();
        var unreadable = new ArrayList<String>();
        int leftOut = 0;
        for (String input : inputs) {
            Path path = Path.of(input);
            if (Files.isDirectory(path)) {
                CaptureFolder folder = CaptureFolder.list(path);
                for (Path file : folder.files()) {
                    if (isCapture(file)) files.add(file);
                    else if (!file.toString().endsWith(".pwx")) leftOut++;
                }
                for (var failed : folder.unreadable()) {
                    unreadable.add(failed.path() + ": " + failed.reason().getMessage());
                }
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                String why = Files.exists(path) ? "neither a file nor a folder" : "no such file or folder";
                throw new NoSuchFileException(input, null, why);
            }
        }
        return new NamedFiles(List.copyOf(files), leftOut, List.copyOf(unreadable));
    }

    private static boolean isCapture(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return CaptureFormat.of(in.readNBytes(CaptureFormat.HEAD)) != CaptureFormat.UNKNOWN;
        }
    }
}
