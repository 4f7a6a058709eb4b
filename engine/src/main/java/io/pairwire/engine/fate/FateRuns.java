package io.pairwire.engine.fate;

import static io.pairwire.engine.fate.FateRecord.BYTES;
import static io.pairwire.engine.fate.FateRecord.WORDS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Sorted runs of records in a temporary file, and their merge into another. Files are gone when they are closed. */
final class FateRuns implements AutoCloseable {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final int GATHERED = BYTES << 11;

    private final Path folder;
    private final FileChannel runs;
    private final List<Long> ends = new ArrayList<>();
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED).order(ByteOrder.nativeOrder());

    /** @param folder where the files are made */
    FateRuns(Path folder) throws IOException {
        this.folder = folder;
        runs = temporary();
    }

    private FileChannel temporary() throws IOException {
        Path path = Files.createTempFile(folder, "pairwire-fates-", ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Adds a run that is sorted. */
    void add(long[] records, int count) throws IOException {
        for (int at = 0; at < count * WORDS; at++) put(records[at], runs);
        handOver(runs);
        ends.add(runs.position());
    }

    private void put(long word, FileChannel to) throws IOException {
        gathered.putLong(word);
        if (!gathered.hasRemaining()) handOver(to);
    }

    private void handOver(FileChannel to) throws IOException {
        gathered.flip();
        while (gathered.hasRemaining()) to.write(gathered);
        gathered.clear();
    }

    private static final class Run {
        final MemorySegment memory;
        final long end;
        long at;

        Run(MemorySegment memory, long at, long end) {
            this.memory = memory;
            this.at = at;
            this.end = end;
        }

        long position() {
            return FateRecord.position(memory.get(WORD, at));
        }
    }

    /** All records in order, mapped; they are there as long as the arena. */
    MemorySegment merged(Arena arena) throws IOException {
        try (FileChannel merged = temporary();
                Arena reading = Arena.ofConfined()) {
            MemorySegment memory = runs.map(FileChannel.MapMode.READ_ONLY, 0, runs.size(), reading);
            var queue = new PriorityQueue<Run>((one, other) -> Long.compare(one.position(), other.position()));
            long start = 0;
            for (long end : ends) {
                if (end > start) queue.add(new Run(memory, start, end));
                start = end;
            }
            while (!queue.isEmpty()) {
                Run run = queue.remove();
                for (int word = 0; word < WORDS; word++) put(memory.get(WORD, run.at + word * Long.BYTES), merged);
                run.at += BYTES;
                if (run.at < run.end) queue.add(run);
            }
            handOver(merged);
            return merged.map(FileChannel.MapMode.READ_ONLY, 0, merged.size(), arena);
        }
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
