package io.pairwire.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Captures that are written bit by bit: what one capture holds, cut into files, each with the header of the first. Bytes come in
 * the order a rotating program would write them, and stop wherever a test says, inside a record or not.
 */
final class GrowingFolder {
    private static final int HEADER = 24;
    private static final int RECORD = 16;

    private final Path folder;
    private final List<byte[]> contents;
    private int file;
    private int at;

    private GrowingFolder(Path folder, List<byte[]> contents) {
        this.folder = folder;
        this.contents = contents;
    }

    /**
     * @param capture classic pcap, little endian
     * @param files how many files it becomes
     */
    static GrowingFolder of(Path capture, Path folder, int files) throws IOException {
        byte[] bytes = Files.readAllBytes(capture);
        return new GrowingFolder(folder, split(bytes, recordStarts(bytes), files));
    }

    private static List<Integer> recordStarts(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var starts = new ArrayList<Integer>();
        for (int start = HEADER; start < bytes.length; start += RECORD + buffer.getInt(start + 8)) starts.add(start);
        return starts;
    }

    private static List<byte[]> split(byte[] bytes, List<Integer> starts, int files) {
        var contents = new ArrayList<byte[]>();
        for (int i = 0; i < files; i++) {
            int from = starts.get(starts.size() * i / files);
            int to = i + 1 == files ? bytes.length : starts.get(starts.size() * (i + 1) / files);
            contents.add(ByteBuffer.allocate(HEADER + to - from)
                    .put(bytes, 0, HEADER)
                    .put(bytes, from, to - from)
                    .array());
        }
        return contents;
    }

    Path path(int index) {
        return folder.resolve("capture-%03d.pcap".formatted(index));
    }

    /** Writes so many bytes more, or what is left. */
    void write(long count) throws IOException {
        long left = count;
        while (left > 0 && file < contents.size()) {
            byte[] content = contents.get(file);
            int length = (int) Math.min(left, content.length - at);
            try (var channel = Files.newByteChannel(path(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap(content, at, length));
            }
            left -= length;
            at += length;
            if (at == content.length) {
                file++;
                at = 0;
            }
        }
    }

    /** Writes what is left of the file at hand. */
    void writeFile() throws IOException {
        write(contents.get(file).length - at);
    }

    void writeAll() throws IOException {
        write(Long.MAX_VALUE);
    }

    long length() {
        return contents.stream().mapToLong(content -> content.length).sum();
    }

    /** What every file should hold in the end. */
    List<byte[]> contents() {
        return contents;
    }
}
