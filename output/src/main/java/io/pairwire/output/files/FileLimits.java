package io.pairwire.output.files;

/**
 * What files that sessions carry may take.
 *
 * @param file bytes of one file that are written; the rest only counts into its digest
 * @param total bytes that are written of all together
 * @param files that are written
 * @param open files that are written at the same time
 */
public record FileLimits(long file, long total, int files, int open) {
    public FileLimits {
        if (file < 1) throw new IllegalArgumentException("bytes of a file are below 1: " + file);
        if (total < 1) throw new IllegalArgumentException("bytes of all files are below 1: " + total);
        if (files < 1) throw new IllegalArgumentException("files are below 1: " + files);
        if (open < 1) throw new IllegalArgumentException("open files are below 1: " + open);
    }

    /** 64 MB a file, 1 GB together, 100,000 files, 256 at the same time. */
    public static FileLimits defaults() {
        return new FileLimits(64 << 20, 1 << 30, 100_000, 256);
    }

    public FileLimits withFile(long file) {
        return new FileLimits(file, total, files, open);
    }

    public FileLimits withTotal(long total) {
        return new FileLimits(file, total, files, open);
    }
}
