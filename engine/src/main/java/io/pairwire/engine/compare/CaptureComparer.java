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
 * <p>One comparison after the other; not thread-safe.
 */
public final class CaptureComparer {
    private final CompareSettings settings;
    private final ContentHash hash;
    private final StreamHash streams;

    /** Gives a capture from its start; asked once or twice for each side. */
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
     * Compares.
     *
     * @return to be closed; it holds what is known of every packet
     * @throws IOException if a capture cannot be read, or the temporary file not be written
     */
    public Comparison compare(Opener openA, Opener openB, Watch watch) throws IOException {
        var kept = new Scratch(settings.memory(), settings.temporary());
        try (var passing = new Scratch(settings.memory(), settings.temporary())) {
            return compare(openA, openB, watch, kept, passing);
        } catch (IOException | RuntimeException | Error e) {
            kept.close();
            throw e;
        }
    }

    private Comparison compare(Opener openA, Opener openB, Watch watch, Scratch kept, Scratch passing)
            throws IOException {
        boolean translated = settings.profile() == Profile.NAT;
        var content = new PacketContent(hash, settings.hashBytes());
        var a = new Side(kept, passing);
        var b = new Side(kept, passing);
        try (var source = openA.open()) {
            a.read(source, content, translated, watch);
        }
        try (var source = openB.open()) {
            b.read(source, content, translated, watch);
        }
        var clock = new ClockFit(a, b);
        var tally = new ChangeTally(settings.profile());
        var occurrences = new Occurrences();
        var exact = new ExactRound(
                a, b, passing, clock, tally, settings.duplicateWindow().toNanos());
        exact.pairEqualGroups(occurrences, watch);
        exact.pairTheRest(occurrences);
        var leftovers = new Leftovers(a, b, passing, hash, streams, occurrences, clock, tally);
        var sessions = SessionDifferences.NONE;
        if (exact.hasLeftovers()) {
            var table = new SessionTable(passing, hash);
            try (var source = openA.open()) {
                leftovers.read(true, source, content, table, watch);
            }
            try (var source = openB.open()) {
                leftovers.read(false, source, content, table, watch);
            }
            leftovers.run();
            if (!translated) sessions = table.differences();
        }
        var reordering = new Reordering(a, b, passing);
        reordering.find();
        var report = new Reporting(settings, a, b, clock, tally, leftovers, reordering, sessions).report();
        return new Comparison(report, a, b, kept);
    }
}
