package io.pairwire.engine.fate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Packets without partner that would have been pairs, had the second not come after the expiry. Of those without partner the
 * first {@value #MOST} are looked at.
 */
final class LatePartners {
    /** Packets that may be open at the same time while partners are sought. */
    static final int MOST = 1 << 16;

    private final Map<Long, Partner> partners = new HashMap<>();
    private final Map<Key, Waiting> waiting = new HashMap<>();

    /**
     * Who would have been the partner.
     *
     * @param position of that packet
     * @param nanos time between the two, not negative
     * @param isLater does it bear the later time?
     */
    record Partner(long position, long nanos, boolean isLater) {}

    private record Key(long key, boolean downward) {}

    private record Waiting(long position, long epochNanos) {}

    private LatePartners() {}

    /** Looks through a table. */
    static LatePartners in(FateTable table) {
        var found = new LatePartners();
        for (long i = 0; i < table.count(); i++) {
            long first = table.word(i, 0);
            Fate fate = FateRecord.fate(first);
            if (fate == Fate.EXPIRED || fate == Fate.UNMATCHED) {
                found.look(first, table.word(i, 1), table.word(i, 2));
            }
        }
        found.waiting.clear();
        return found;
    }

    private void look(long first, long epochNanos, long key) {
        boolean downward = FateRecord.isDownward(first);
        long position = FateRecord.position(first);
        Waiting other = waiting.remove(new Key(key, !downward));
        if (other != null) {
            long nanos = Math.abs(epochNanos - other.epochNanos);
            partners.put(position, new Partner(other.position, nanos, other.epochNanos > epochNanos));
            partners.put(other.position, new Partner(position, nanos, epochNanos >= other.epochNanos));
        } else if (waiting.size() + partners.size() < MOST) {
            waiting.putIfAbsent(new Key(key, downward), new Waiting(position, epochNanos));
        }
    }

    Optional<Partner> of(int file, long number) {
        return Optional.ofNullable(partners.get(FateRecord.position(file, number)));
    }
}
