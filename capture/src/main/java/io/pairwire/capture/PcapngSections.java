package io.pairwire.capture;

import java.util.ArrayList;
import java.util.List;

/** The sections that were met, in the order of the file. */
final class PcapngSections {
    static final int MOST = 1 << 16;

    private final List<PcapngSection> sections = new ArrayList<>();

    boolean isFull() {
        return sections.size() == MOST;
    }

    /** Adds one that begins behind all others. */
    void add(PcapngSection section) {
        sections.add(section);
    }

    /** The section that holds a place, which is not before the first. */
    PcapngSection at(long position) {
        int low = 0;
        int high = sections.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (sections.get(middle).position <= position) low = middle;
            else high = middle - 1;
        }
        return sections.get(low);
    }
}
