package io.pairwire.cli;

import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.watch.WatchedFolder;
import io.pairwire.output.HumanText;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A few lines on the terminal that say how a watch goes, drawn anew twice a second. */
final class WatchView implements AutoCloseable {
    private static final long NEXT_MILLIS = 500;
    private static final String CLEAR_TO_END = "\u001b[J";

    private final Engine engine;
    private final WatchedFolder folder;
    private final RecentLatencies latencies;
    private final boolean shown;
    private final Streams streams;
    private final PrintStream err;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("pairwire-view").unstarted(this::show);
    private int lines;
    private long readBefore;
    private long pairsBefore;
    private long nanosBefore;

    private WatchView(Engine engine, WatchedFolder folder, RecentLatencies latencies, boolean shown, Streams streams) {
        this.engine = engine;
        this.folder = folder;
        this.latencies = latencies;
        this.shown = shown;
        this.streams = streams;
        this.err = streams.err();
    }

    /** Begins to show, if {@code shown}. */
    static WatchView of(
            Engine engine, WatchedFolder folder, RecentLatencies latencies, boolean shown, Streams streams) {
        var view = new WatchView(engine, folder, latencies, shown, streams);
        if (shown) view.thread.start();
        return view;
    }

    private void show() {
        try {
            do draw(text(engine.statistics()));
            while (!over.await(NEXT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        draw("");
    }

    private synchronized void draw(String text) {
        err.print(up(lines) + CLEAR_TO_END + text);
        err.flush();
        lines = (int) text.chars().filter(character -> character == '\n').count();
    }

    /** Tells the user something that stays, in front of the lines that do not. */
    synchronized void tell(String message) {
        draw("");
        streams.tell(message);
    }

    private static String up(int lines) {
        return lines == 0 ? "\r" : "\r\u001b[" + lines + "A";
    }

    /** The lines, each ended. Rates are those since it was asked last. */
    String text(EngineStatistics statistics) {
        var ledger = statistics.ledger();
        long elapsed = statistics.elapsedNanos();
        long nanos = Math.max(1, elapsed - nanosBefore);
        var source = statistics.source();
        String queues = statistics.queues().entrySet().stream()
                .map(queue -> queue.getKey() + " "
                        + percent(queue.getValue().size(), queue.getValue().capacity()))
                .collect(Collectors.joining("  "));
        var pool = statistics.pool();
        String text = line("watching", HumanText.duration(elapsed) + "  " + folder.current())
                + line(
                        "packets",
                        HumanText.count(ledger.read()) + "  now " + HumanText.rate(ledger.read() - readBefore, nanos))
                + line(
                        "pairs",
                        HumanText.count(ledger.matchedPairs()) + "  now "
                                + rate(ledger.matchedPairs() - pairsBefore, nanos))
                + line("latency", latencies.text())
                + line(
                        "unmatched",
                        HumanText.count(ledger.inFlight()) + " waiting, " + HumanText.count(ledger.expired())
                                + " expired, " + HumanText.count(ledger.droppedPackets()) + " dropped")
                + line(
                        "queues",
                        queues + "  pool " + percent(pool.total() - pool.available(), pool.total()) + " in use")
                + line(
                        "files",
                        HumanText.count(source.filesDone()) + " of " + HumanText.count(source.files()) + " read"
                                + (source.damagedFiles() == 0 ? "" : ", " + source.damagedFiles() + " damaged")
                                + (folder.vanished() == 0 ? "" : ", " + folder.vanished() + " vanished"));
        readBefore = ledger.read();
        pairsBefore = ledger.matchedPairs();
        nanosBefore = elapsed;
        return text;
    }

    private static String rate(long pairs, long nanos) {
        return HumanText.count(Math.round(pairs * 1e9 / nanos)) + " pairs/s";
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "0 %" : Math.round(100.0 * part / whole) + " %";
    }

    private static String line(String label, String value) {
        return label + " ".repeat(11 - label.length()) + value + "\n";
    }

    /** Takes the lines away. */
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
