package io.pairwire.output;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What went wrong with a file, in words, where the exception tells it by its class only. */
public final class Reasons {
    private Reasons() {}

    /** The reason without the name of the file. */
    public static String of(Exception e) {
        return switch (e) {
            case FileSystemException f when f.getReason() != null -> f.getReason();
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "not a directory";
            case FileAlreadyExistsException _ -> "exists already";
            case FileSystemException f -> f.getClass().getSimpleName();
            case ClosedByInterruptException _ -> "given up, it took nothing more in time"; // a stop interrupts a write
            default -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        };
    }
}
