package io.pairwire.capture;

/** An interface of a section, with what is needed for every packet worked out in advance. */
final class PcapngInterface {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Through all sections. */
    final int index;

    final int linkType;

    /** Captured bytes at most, unsigned; 0 for no limit. */
    final int snaplen;

    private final TimeResolution resolution;
    private final long offsetSeconds;
    private final long nanosPerUnit;
    private final long offsetNanos;

    /** Times up to that take one multiplication; -1 if none does. */
    private final long quickLimit;

    PcapngInterface(int index, int linkType, int snaplen, TimeResolution resolution, long offsetSeconds) {
        this.index = index;
        this.linkType = linkType;
        this.snaplen = snaplen;
        this.resolution = resolution;
        this.offsetSeconds = offsetSeconds;
        boolean fits = offsetSeconds >= TimeResolution.EARLIEST / NANOS_PER_SECOND
                && offsetSeconds <= TimeResolution.LATEST / NANOS_PER_SECOND;
        nanosPerUnit = fits ? resolution.nanosPerUnit() : 0;
        offsetNanos = fits ? offsetSeconds * NANOS_PER_SECOND : 0;
        quickLimit = nanosPerUnit == 0 ? -1 : (TimeResolution.LATEST - Math.max(offsetNanos, 0)) / nanosPerUnit;
    }

    /**
     * Nanoseconds since 1970.
     *
     * @param units an unsigned number
     */
    long epochNanos(long units) {
        if (units >= 0 && units <= quickLimit) return units * nanosPerUnit + offsetNanos;
        return resolution.epochNanos(units, offsetSeconds);
    }

    /** Leaves the time as it stands in the file with a packet whose nanoseconds only come near to it. */
    void tellBeyond(Packet packet, long units) {
        packet.beyond(units, resolution, offsetSeconds);
    }
}
