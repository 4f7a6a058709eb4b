package io.pairwire.cli;

import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.Engine;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonObject;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A bar on the terminal while work takes longer than a second: part done, packets/s, MB/s, time left, memory. */
final class Progress implements AutoCloseable {
    private static final long FIRST_MILLIS = 1_000;
    private static final long NEXT_MILLIS = 250;
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final Supplier<String> bar;
    private final PrintStream err;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("pairwire-progress").unstarted(this::show);
    private final boolean stays;
    private final boolean shown;

    private Progress(Supplier<String> bar, boolean stays, boolean shown, PrintStream err) {
        this.bar = bar;
        this.stays = stays;
        this.shown = shown;
        this.err = err;
    }

    /** Begins to watch an engine; shows nothing unless {@code shown}. */
    static Progress of(Engine engine, boolean shown, Streams streams) {
        return of(
                () -> {
                    var statistics = engine.statistics();
                    return line(statistics.source(), statistics.elapsedNanos(), ProcessMemory.bytes());
                },
                shown,
                streams);
    }

    /** Begins to watch a source that the caller polls; shows nothing unless {@code shown}. */
    static Progress of(PacketSource source, boolean shown, Streams streams) {
        return ofStatistics(source::statistics, shown, streams);
    }

    /** Begins to watch whatever tells how far it is. */
    static Progress ofStatistics(Supplier<SourceStatistics> statistics, boolean shown, Streams streams) {
        long start = System.nanoTime();
        return of(() -> line(statistics.get(), System.nanoTime() - start, ProcessMemory.bytes()), shown, streams);
    }

    /** Tells how far it is as JSON, an object a line: again and again, and once more at the end. */
    static Progress events(Supplier<SourceStatistics> statistics, Streams streams) {
        long start = System.nanoTime();
        Supplier<String> event = () -> event(statistics.get(), System.nanoTime() - start) + "\n";
        var progress = new Progress(event, true, true, streams.err());
        progress.thread.start();
        return progress;
    }

    /** Shows whatever line {@code bar} makes. */
    static Progress of(Supplier<String> bar, boolean shown, Streams streams) {
        var progress = new Progress(bar, false, shown, streams.err());
        if (shown) progress.thread.start();
        return progress;
    }

    /** What to print in front of a line so that it does not stand behind a bar. */
    static String overwriting(Streams streams) {
        return streams.errIsTerminal() ? CLEAR : "";
    }

    /** The bar as it stands after that time; without a bar where the length of the input is not known. */
    static String line(SourceStatistics source, long elapsedNanos, long memoryBytes) {
        String rate = HumanText.count(source.packets(), "packet") + "  "
                + HumanText.rate(source.packets(), elapsedNanos) + "  " + megabytes(source.bytes() * 1e9 / elapsedNanos)
                + "/s";
        if (source.totalBytes() == 0) return rate;
        double done = Math.clamp((double) source.bytes() / source.totalBytes(), 0.0, 1.0);
        int full = (int) (done * WIDTH);
        String left = done < 0.001
                ? ""
                : "  " + HumanText.remaining(Math.round(elapsedNanos / 1e9 * (1 - done) / done)) + " left";
        left += "  " + megabytes(memoryBytes);
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + (int) (done * 100) + "%  " + rate + left;
    }

    private static String megabytes(double bytes) {
        return Math.round(bytes / 1e6) + " MB";
    }

    static String event(SourceStatistics source, long elapsedNanos) {
        return new JsonObject()
                .add("elapsed_ns", elapsedNanos)
                .add("packets", source.packets())
                .add("bytes", source.bytes())
                .add("total_bytes", source.totalBytes())
                .add("files", source.files())
                .add("files_done", source.filesDone())
                .add("damaged_files", source.damagedFiles())
                .add("memory_bytes", ProcessMemory.bytes())
                .toString();
    }

    private void show() {
        try {
            long wait = stays ? NEXT_MILLIS : FIRST_MILLIS;
            boolean drawn = false;
            while (!over.await(wait, TimeUnit.MILLISECONDS)) {
                err.print((stays ? "" : CLEAR) + bar.get());
                err.flush();
                wait = NEXT_MILLIS;
                drawn = true;
            }
            if (stays) err.print(bar.get());
            else if (drawn) err.print(CLEAR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        over.countDown();
        if (!shown) return;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
