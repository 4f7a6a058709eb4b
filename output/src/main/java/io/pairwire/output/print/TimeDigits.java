package io.pairwire.output.print;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.Packet;
import io.pairwire.capture.TimeResolution;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * How many digits of a second a packet's time deserves: 9 if its interface counts finer than microseconds, otherwise 6.
 * Remembers the interface of the packet before. Not thread-safe.
 */
public final class TimeDigits implements ToIntFunction<Packet> {
    private static final int MICROSECONDS = 6;
    private static final int NANOSECONDS = 9;
    private static final int MICROSECONDS_BINARY = 20;

    private final IntFunction<Optional<CaptureDescription>> descriptions;
    private int file = -1;
    private int interfaceIndex = -1;
    private int digits = MICROSECONDS;

    /**
     * Digits by what files say about themselves.
     *
     * @param descriptions of the file with that index, see {@link Packet#file()}
     */
    public TimeDigits(IntFunction<Optional<CaptureDescription>> descriptions) {
        this.descriptions = descriptions;
    }

    @Override
    public int applyAsInt(Packet packet) {
        if (packet.file() != file || packet.interfaceIndex() != interfaceIndex) {
            file = packet.file();
            interfaceIndex = packet.interfaceIndex();
            digits = descriptions.apply(file).map(this::digits).orElse(MICROSECONDS);
        }
        return digits;
    }

    private int digits(CaptureDescription description) {
        if (interfaceIndex < 0 || interfaceIndex >= description.interfaces().size()) return MICROSECONDS;
        TimeResolution resolution = description.interfaces().get(interfaceIndex).resolution();
        int enough = resolution.binary() ? MICROSECONDS_BINARY : MICROSECONDS;
        return resolution.exponent() > enough ? NANOSECONDS : MICROSECONDS;
    }
}
