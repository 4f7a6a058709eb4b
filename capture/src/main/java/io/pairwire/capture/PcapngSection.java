package io.pairwire.capture;

import java.util.Arrays;

/** A section that was met: what is needed to read its packets, now or after a seek. */
final class PcapngSection {
    /** Where its header begins, bytes from the start of the file. */
    final long position;

    final boolean swapped;

    private PcapngInterface[] interfaces = new PcapngInterface[4];
    private int count;

    PcapngSection(long position, boolean swapped) {
        this.position = position;
        this.swapped = swapped;
    }

    int count() {
        return count;
    }

    void add(PcapngInterface described) {
        if (count == interfaces.length) interfaces = Arrays.copyOf(interfaces, 2 * count);
        interfaces[count++] = described;
    }

    /** The interface with that number, from 0 to below {@link #count}. */
    PcapngInterface get(int number) {
        return interfaces[number];
    }
}
