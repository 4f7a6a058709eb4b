package io.pairwire.engine.analyse;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Entries in temporary files, each file sorted. When there are {@value #WIDTH} files of one generation they are merged into one
 * of the next, so that few are open however much there is.
 */
final class SortedRuns implements AutoCloseable {
    private static final int WIDTH = 32;
    private static final int BUFFERED = 512;

    private final Workspace workspace;
    private final List<Run> runs = new ArrayList<>(); // old generations first
    private long added;

    private record Run(FileChannel file, long entries, int generation) {}

    SortedRuns(Workspace workspace) {
        this.workspace = workspace;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    long added() {
        return added;
    }

    /** Writes the entries at these positions of {@code memory}, which are in order. */
    void add(MemorySegment memory, long[] positions) throws IOException {
        var out = new Output();
        var view = new Talk();
        for (long position : positions) out.write(view.moveTo(memory, position));
        runs.add(out.finish(0));
        added++;
        int last = runs.size() - 1;
        while (last >= WIDTH - 1
                && runs.get(last - WIDTH + 1).generation() == runs.get(last).generation()) {
            mergeLast();
            last = runs.size() - 1;
        }
    }

    private void mergeLast() throws IOException {
        List<Run> youngest = runs.subList(runs.size() - WIDTH, runs.size());
        var out = new Output();
        merge(youngest, out::write);
        Run merged = out.finish(youngest.getFirst().generation() + 1);
        for (Run run : youngest) run.file().close();
        youngest.clear();
        runs.add(merged);
    }

    /** Shows the entries of all runs, those of one key as one. */
    void forEach(Consumer<Talk> consumer) throws IOException {
        merge(runs, consumer::accept);
    }

    /** Takes entries, and may fail. */
    @FunctionalInterface
    private interface Sink {
        void accept(Talk talk) throws IOException;
    }

    private static void merge(List<Run> runs, Sink sink) throws IOException {
        try (var arena = Arena.ofShared()) {
            var heads = new PriorityQueue<Cursor>((a, b) -> a.talk.compareTo(b.talk));
            for (Run run : runs) {
                var cursor = new Cursor(run, arena);
                if (cursor.next()) heads.add(cursor);
            }
            MemorySegment memory = arena.allocate(Talk.LENGTH, Long.BYTES);
            var sum = new Talk().moveTo(memory, 0);
            boolean any = false;
            for (Cursor head = heads.poll(); head != null; head = heads.poll()) {
                if (any && sum.compareTo(head.talk) == 0) {
                    sum.addAll(head.talk);
                } else {
                    if (any) sink.accept(sum);
                    head.talk.copyTo(memory, 0);
                    any = true;
                }
                if (head.next()) heads.add(head);
            }
            if (any) sink.accept(sum);
        }
    }

    /** Reads a run. */
    private static final class Cursor {
        final Talk talk = new Talk();
        private final FileChannel file;
        private final MemorySegment memory;
        private final ByteBuffer buffer;
        private final long end;
        private long position;
        private int at;

        Cursor(Run run, Arena arena) {
            file = run.file();
            end = run.entries() * Talk.LENGTH;
            memory = arena.allocate((long) BUFFERED * Talk.LENGTH, Long.BYTES);
            buffer = memory.asByteBuffer();
            at = buffer.capacity();
        }

        boolean next() throws IOException {
            if (at == buffer.capacity() && !fill()) return false;
            if (at >= buffer.limit()) return false;
            talk.moveTo(memory, at);
            at += Talk.LENGTH;
            return true;
        }

        private boolean fill() throws IOException {
            if (position >= end) return false;
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            while (buffer.hasRemaining()) {
                if (file.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("a temporary file is shorter than what was written to it");
                }
            }
            position += buffer.limit();
            at = 0;
            return true;
        }
    }

    /** Writes a run. */
    private final class Output {
        private final FileChannel file = workspace.file();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFERED * Talk.LENGTH);
        private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
        private int at;
        private long entries;

        Output() throws IOException {}

        void write(Talk talk) throws IOException {
            if (at == buffer.capacity()) flush();
            talk.copyTo(memory, at);
            at += Talk.LENGTH;
            entries++;
        }

        Run finish(int generation) throws IOException {
            flush();
            workspace.spilled(entries * Talk.LENGTH);
            return new Run(file, entries, generation);
        }

        private void flush() throws IOException {
            buffer.clear().limit(at);
            while (buffer.hasRemaining()) file.write(buffer);
            buffer.clear();
            at = 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (Run run : runs) run.file().close();
        runs.clear();
    }
}
