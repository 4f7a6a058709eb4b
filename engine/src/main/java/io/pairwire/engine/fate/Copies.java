package io.pairwire.engine.fate;

import io.pairwire.engine.Eligibility;
import io.pairwire.engine.store.PacketReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds packets whose like was seen before: same direction, same addresses and ports, same payload, within the expiry of
 * the one before. Looks back over {@value #MOST} different packets.
 */
public final class Copies {
    /** Packets remembered. */
    public static final int MOST = 1 << 16;

    private final long expiryNanos;
    private final Map<Key, Seen> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Seen> eldest) {
            return size() > MOST;
        }
    };

    private record Key(long low, long high, boolean downward, boolean tcp) {}

    private record Seen(int file, long number, long epochNanos, long lastNanos) {}

    /**
     * A packet whose like was seen before.
     *
     * @param retransmission is it a further transmission of a TCP segment? Otherwise an equal payload was sent anew
     * @param file index of the file of the one it is like: the first transmission, or the equal packet before it
     * @param number of that in its file, from 1
     * @param afterNanos time since that; empty for a transmission whose first is no longer remembered
     */
    public record Copy(boolean retransmission, int file, long number, OptionalLong afterNanos) {}

    /** @param expiryNanos time after which an equal packet is a first one again */
    public Copies(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    /** What the packet is a copy of; empty if of none. */
    public Optional<Copy> of(ReviewedPacket reviewed) {
        if (reviewed.eligibility() != Eligibility.ELIGIBLE) return Optional.empty();
        long reference = reviewed.reference();
        var key = new Key(
                reviewed.keyLow(),
                reviewed.keyHigh(),
                PacketReference.isDownward(reference),
                PacketReference.isTcp(reference));
        long epochNanos = reviewed.packet().epochNanos();
        return reviewed.fate() == Fate.RETRANSMISSION
                ? Optional.of(retransmission(key, reviewed.otherFileIndex(), reviewed.otherNumber(), epochNanos))
                : original(key, PacketReference.file(reference), PacketReference.number(reference), epochNanos);
    }

    private Copy retransmission(Key key, int file, long number, long epochNanos) {
        Seen before = seen.get(key);
        if (before == null) return new Copy(true, file, number, OptionalLong.empty());
        seen.put(key, new Seen(before.file, before.number, before.epochNanos, epochNanos));
        boolean known = before.file == file && before.number == number;
        return new Copy(
                true, file, number, known ? OptionalLong.of(epochNanos - before.epochNanos) : OptionalLong.empty());
    }

    private Optional<Copy> original(Key key, int file, long number, long epochNanos) {
        Seen before = seen.remove(key); // so that it counts as the youngest
        seen.put(key, new Seen(file, number, epochNanos, epochNanos));
        if (before == null || Math.abs(epochNanos - before.lastNanos) > expiryNanos) return Optional.empty();
        return Optional.of(
                new Copy(false, before.file, before.number, OptionalLong.of(epochNanos - before.epochNanos)));
    }
}
