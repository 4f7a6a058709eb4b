package io.pairwire.engine.index;

import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.edit.PacketNumbers;
import io.pairwire.capture.edit.TimeBound;
import io.pairwire.capture.index.CaptureIndex;
import io.pairwire.capture.index.IndexKind;
import io.pairwire.capture.index.PacketQuery;
import io.pairwire.decode.filter.ir.FlowHint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Uses indexes where they help: for a file that has one which fits, and if what is asked for narrows it down. Whoever reads
 * then asks every packet again, and finds what he would have found without. Immutable.
 *
 * @param numbers used only if one file is read alone and packets are numbered as they are in it
 * @param from packets of that moment and later
 * @param until packets before that moment
 * @param hint what the filter demands
 */
public record IndexedPicks(
        Optional<PacketNumbers> numbers, Optional<TimeBound> from, Optional<TimeBound> until, FlowHint hint)
        implements PickFinder {

    /** For who has only a filter. */
    public static IndexedPicks of(FlowHint hint) {
        return new IndexedPicks(Optional.empty(), Optional.empty(), Optional.empty(), hint);
    }

    @Override
    public Optional<PacketPicks> find(Path file, boolean alone) {
        if (numbers.isEmpty() && from.isEmpty() && until.isEmpty() && !hint.says()) return Optional.empty();
        return CaptureIndex.find(file).flatMap(index -> picks(index, alone));
    }

    /** As the other, with an index that was found. */
    public Optional<PacketPicks> picks(CaptureIndex index, boolean alone) {
        if (index.isFlawed() || index.packets() == 0) return Optional.empty();
        if (!alone && !index.isOrdered()) return Optional.empty();
        PacketQuery query = PacketQuery.ALL;
        if (alone && numbers.isPresent()) query = query.withNumbers(numbers.get());
        if (index.isTimed()) query = withTimes(query, index, alone);
        if (hint.says() && index.kind() == IndexKind.FULL) query = query.withFlows(new HintedFlows(hint));
        return query.equals(PacketQuery.ALL) ? Optional.empty() : Optional.of(index.picks(query));
    }

    /**
     * A moment after the first packet is one on the calendar only if it is known which packet is the first. If it is not,
     * nothing may be left out by time, as that could be the first.
     */
    private PacketQuery withTimes(PacketQuery query, CaptureIndex index, boolean alone) {
        boolean relative = isRelative(from) || isRelative(until);
        if (relative && !(alone && !hint.says())) return query;
        return query.withTimes(
                from.map(bound -> bound.epochNanos(index.firstNanos())).orElse(Long.MIN_VALUE),
                until.map(bound -> bound.epochNanos(index.firstNanos())).orElse(Long.MAX_VALUE));
    }

    private static boolean isRelative(Optional<TimeBound> bound) {
        return bound.filter(TimeBound.AfterFirst.class::isInstance).isPresent();
    }
}
