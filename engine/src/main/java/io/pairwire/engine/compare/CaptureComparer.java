package io.pairwire.engine.compare;

import io.pairwire.capture.PacketSource;
import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.PacketContent;
import io.pairwire.engine.content.StreamHash;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Compares two captures in memory that does not grow with them on the heap.
 *
 * <p>Every packet is brought together with the packet of the same whole content on the other side: the first copy with the
 * first, the second with the second, and where one side has more copies, those with each other that lie closest in time,
 * clocks set right. What finds no partner so is looked at again, a second time through the files, with less and less that
 * has to agree; what differs then is a change and not a miss. Streams and datagrams cut in another way are compared by
 * their bytes. What remains is missing on the other side.
 *
 * <p>Immutable; comparisons may run beside each other.
 */
public final class CaptureComparer {
    private final CompareSettings settings;
    private final ContentHash hash;
    private final StreamHash streams;

    /** Gives a capture from its start; asked once or twice for each side, by a thread of that side. */
    @FunctionalInterface
    public interface Opener {
        PacketSource open() throws IOException;
    }

    /** @param random where the secrets of hashes come from; the answer does not depend on them */
    public CaptureComparer(CompareSettings settings, RandomGenerator random) {
        this.settings = settings;
        hash = new ContentHash(random);
        streams = new StreamHash(random);
    }

    /**
     * Compares. Each side is read by a thread of its own, so the watch is asked by both.
     *
     * @return to be closed; it holds what is known of every packet
     * @throws IOException if a capture cannot be read, or the temporary file not be written
     */
    public Comparison compare(Opener openA, Opener openB, Watch watch) throws IOException {
        long part = settings.memory() / 4;
        var kept = new Scratch[] {new Scratch(part, settings.temporary()), new Scratch(part, settings.temporary())};
        try (var passingA = new Scratch(part, settings.temporary());
                var passingB = new Scratch(part, settings.temporary())) {
            return compare(openA, openB, watch, kept, passingA, passingB);
        } catch (IOException | RuntimeException | Error e) {
            for (Scratch memory : kept) memory.close();
            throw e;
        }
    }

    private Comparison compare(
            Opener openA, Opener openB, Watch watch, Scratch[] kept, Scratch passingA, Scratch passingB)
            throws IOException {
        boolean translated = settings.profile() == Profile.NAT;
        var a = new Side(kept[0], passingA);
        var b = new Side(kept[1], passingB);
        BothSides.run(() -> read(openA, a, translated, watch), () -> read(openB, b, translated, watch));
        var clock = new ClockFit(a, b);
        var tally = new ChangeTally(settings.profile());
        var occurrences = new Occurrences();
        var exact = new ExactRound(
                a,
                b,
                new Scratch[] {passingA, passingB},
                clock,
                tally,
                settings.duplicateWindow().toNanos());
        exact.pairEqualGroups(occurrences, watch);
        exact.pairTheRest(occurrences);
        var leftovers = new Leftovers(a, b, passingA, passingB, hash, streams, occurrences, clock, tally);
        var sessions = SessionDifferences.NONE;
        if (exact.hasLeftovers()) {
            var tableA = new SessionTable(passingA, hash);
            var tableB = new SessionTable(passingB, hash);
            BothSides.run(
                    () -> readAgain(openA, true, leftovers, tableA, watch),
                    () -> readAgain(openB, false, leftovers, tableB, watch));
            leftovers.run();
            if (!translated) sessions = SessionTable.differences(tableA, tableB);
        }
        var reordering = new Reordering(a, b, passingA);
        reordering.find();
        var report = new Reporting(settings, a, b, clock, tally, leftovers, reordering, sessions).report();
        return new Comparison(report, a, b, kept);
    }

    private void read(Opener opener, Side side, boolean translated, Watch watch) throws IOException {
        try (var source = opener.open()) {
            side.read(source, new PacketContent(hash, settings.hashBytes()), translated, watch);
        }
    }

    private void readAgain(Opener opener, boolean first, Leftovers leftovers, SessionTable table, Watch watch)
            throws IOException {
        try (var source = opener.open()) {
            leftovers.read(first, source, new PacketContent(hash, settings.hashBytes()), table, watch);
        }
    }
}
