package io.pairwire.capture.index;

import io.pairwire.capture.edit.PacketNumbers;
import java.util.Optional;

/**
 * What an index is asked for: packets that have one of these numbers, were captured in this time, and may be of such a flow.
 *
 * @param numbers in the file, from 1
 * @param fromNanos nanoseconds since 1970
 * @param untilNanos the first nanosecond that is too late; {@link Long#MAX_VALUE} for no end
 */
public record PacketQuery(PacketNumbers numbers, long fromNanos, long untilNanos, Optional<FlowTest> flows) {
    /** Every packet. */
    public static final PacketQuery ALL =
            new PacketQuery(PacketNumbers.ALL, Long.MIN_VALUE, Long.MAX_VALUE, Optional.empty());

    public PacketQuery withNumbers(PacketNumbers wanted) {
        return new PacketQuery(wanted, fromNanos, untilNanos, flows);
    }

    public PacketQuery withTimes(long from, long until) {
        return new PacketQuery(numbers, from, until, flows);
    }

    public PacketQuery withFlows(FlowTest wanted) {
        return new PacketQuery(numbers, fromNanos, untilNanos, Optional.of(wanted));
    }

    /** Does it ask for a span of time? */
    public boolean hasTimes() {
        return fromNanos != Long.MIN_VALUE || untilNanos != Long.MAX_VALUE;
    }

    /** Could one of the packets with these numbers and times be asked for? */
    boolean touches(long firstNumber, long lastNumber, long earliest, long latest) {
        return latest >= fromNanos
                && (earliest < untilNanos || untilNanos == Long.MAX_VALUE)
                && numbers.intersects(firstNumber, lastNumber);
    }
}
