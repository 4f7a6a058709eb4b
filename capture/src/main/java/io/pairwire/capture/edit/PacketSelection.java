package io.pairwire.capture.edit;

import io.pairwire.capture.Packet;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Picks packets by number, by time, and by whatever else somebody asks for. Shown every packet in turn, it counts them
 * itself: the numbers are those of the packets shown to it, from 1. Not thread-safe.
 */
public final class PacketSelection implements Predicate<Packet> {
    private final PacketNumbers numbers;
    private final Optional<TimeBound> from;
    private final Optional<TimeBound> to;
    private final Predicate<Packet> also;
    private long shown;
    private boolean firstKnown;
    private long fromNanos = Long.MIN_VALUE;
    private long toNanos = Long.MAX_VALUE;

    /**
     * @param from packets of that moment and later
     * @param to packets before that moment
     * @param also a further condition, asked last
     */
    public PacketSelection(
            PacketNumbers numbers, Optional<TimeBound> from, Optional<TimeBound> to, Predicate<Packet> also) {
        this.numbers = numbers;
        this.from = from;
        this.to = to;
        this.also = also;
    }

    /** Says when the first packet of all came, for who knows it and shows only later ones. */
    public void firstIs(long epochNanos) {
        from.ifPresent(bound -> fromNanos = bound.epochNanos(epochNanos));
        to.ifPresent(bound -> toNanos = bound.epochNanos(epochNanos));
        firstKnown = true;
    }

    /** Is the packet picked? To be asked once for every packet. */
    @Override
    public boolean test(Packet packet) {
        return test(packet, shown + 1);
    }

    /**
     * As the other, for who knows that packets were left out between.
     *
     * @param number greater than before
     */
    public boolean test(Packet packet, long number) {
        long time = packet.epochNanos();
        shown = number;
        if (!firstKnown) firstIs(time);
        return numbers.contains(shown)
                && time >= fromNanos
                && (time < toNanos || toNanos == Long.MAX_VALUE)
                && also.test(packet);
    }

    /** Is it sure that no later packet will be picked? Times do not tell that, as captures may be out of order. */
    public boolean isOver() {
        return shown >= numbers.last();
    }
}
