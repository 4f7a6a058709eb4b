package io.pairwire.engine.dedup;

import io.pairwire.capture.Packet;
import io.pairwire.engine.content.ContentHash;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says of each packet in turn whether it is a copy of one before it. Copies are remembered as their originals are, so that
 * of many copies each is found from the one before. Not thread-safe; allocates nothing per packet.
 */
public final class Deduplicator {
    private static final CopyKind[] KINDS = CopyKind.values();

    private final ContentHash hash;
    private final FrameKey key;
    private final CopyWindow window;
    private final int packets;
    private final boolean timed;
    private final long timeNanos;
    private final long retransmissionNanos;
    private final long[] kinds = new long[KINDS.length];
    private long seen;
    private long copies;
    private long copiedBytes;
    private long retransmissions;
    private long least = Long.MAX_VALUE;
    private long most;
    private double sum;
    private long full;
    private @Nullable NearFrames near;

    /** @param random where the secrets of the hash come from */
    public Deduplicator(DedupSettings settings, RandomGenerator random) {
        hash = new ContentHash(random);
        key = new FrameKey(hash, settings.ignored());
        timed = settings.time().isPresent();
        packets = settings.packets();
        timeNanos = nanos(settings.time());
        retransmissionNanos = nanos(settings.retransmissionAfter());
        window = new CopyWindow(timed ? DedupSettings.MOST_PACKETS : settings.packets());
    }

    private static long nanos(Optional<Duration> time) {
        return time.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /**
     * Says that the bytes of packets stay where they are when they were asked about, until what this answers with is run: then a small window can
     * do without hashing every packet. To be called before the first packet. See
     * {@link io.pairwire.capture.FileSource#beforeReuse}.
     */
    public Runnable bytesStay() {
        if (seen > 0) throw new IllegalStateException("packets seen: " + seen);
        if (timed || !key.isExact() || packets > NearFrames.MOST_PACKETS) return () -> {};
        var frames = new NearFrames(hash, packets - 1);
        near = frames;
        return frames::settle;
    }

    /** Is this packet a copy? To be asked once for each packet, in the order of the capture. */
    public boolean isCopy(Packet packet) {
        NearFrames frames = near;
        return frames == null ? isCopyInWindow(packet) : isCopyOf(packet, frames);
    }

    private boolean isCopyOf(Packet packet, NearFrames frames) {
        int original = frames.latest(packet);
        long age = original < 0 ? 0 : packet.epochNanos() - frames.time(original);
        boolean copy = original >= 0 && !wasSentAgain(packet, age);
        if (copy) count(packet, age, CopyKind.SAME);
        frames.add(packet);
        seen++;
        return copy;
    }

    private boolean isCopyInWindow(Packet packet) {
        long content = key.of(packet);
        long time = packet.epochNanos();
        long facts = key.facts();
        if (timed) forgetBefore(time - timeNanos);
        long original = window.latest(content);
        while (original != CopyWindow.NONE && !reaches(original, time)) original = window.before(original);
        boolean copy = original != CopyWindow.NONE && !wasSentAgain(packet, time - window.time(original));
        if (copy) count(packet, time - window.time(original), kind(facts, window.facts(original)));
        if (timed && window.count() == window.room()) full++;
        window.add(content, time, facts);
        seen++;
        return copy;
    }

    /** Times that go backwards let nothing be forgotten too early, as only the oldest is looked at. */
    private void forgetBefore(long time) {
        while (window.count() > 0 && window.time(window.oldest()) < time) window.forgetOldest();
    }

    private boolean reaches(long original, long time) {
        if (!timed) return seen - original < packets;
        long age = time - window.time(original);
        return age >= 0 && age <= timeNanos;
    }

    private boolean wasSentAgain(Packet packet, long age) {
        if (age < retransmissionNanos || retransmissionNanos == Long.MAX_VALUE || !key.isSendable(packet)) return false;
        retransmissions++;
        return true;
    }

    private void count(Packet packet, long age, CopyKind kind) {
        copies++;
        copiedBytes += packet.originalLength();
        kinds[kind.ordinal()]++;
        least = Math.min(least, age);
        most = Math.max(most, age);
        sum += age;
    }

    private CopyKind kind(long facts, long original) {
        long differ = facts ^ original;
        if (key.isExact()) return CopyKind.SAME;
        if (differ >>> 56 != 0) return CopyKind.ROUTED;
        if ((differ >>> 32 & 0xffff) != 0) return CopyKind.VLAN;
        if ((differ >>> 16 & 0xffff) != 0) return CopyKind.MAC;
        return (differ & 0xffff) != 0 ? CopyKind.CHECKSUM : CopyKind.SAME;
    }

    /** What was found so far. */
    public DedupStatistics statistics() {
        var byKind = new EnumMap<CopyKind, Long>(CopyKind.class);
        for (CopyKind kind : KINDS) byKind.put(kind, kinds[kind.ordinal()]);
        return new DedupStatistics(
                seen,
                copies,
                copiedBytes,
                byKind,
                retransmissions,
                copies == 0 ? 0 : least,
                most,
                copies == 0 ? 0 : Math.round(sum / copies),
                full);
    }
}
