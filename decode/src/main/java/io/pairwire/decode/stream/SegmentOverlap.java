package io.pairwire.decode.stream;

/**
 * Which copy of a byte counts where TCP segments that wait overlap and may differ. Hosts disagree, and who knows how can show
 * an observer another stream than the receiver sees; the names are those of Novak and Sturges, <i>Target-Based TCP Stream
 * Reassembly</i> (2007).
 *
 * <p>Segments are compared by their bounds as they were sent, byte by byte and in the order of arrival. Bytes that were
 * handed over already are never taken back: a later copy of them is a duplicate, whatever the policy.
 */
public enum SegmentOverlap implements Precedence {
    /** The byte that came first. */
    FIRST {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return false;
        }
    },
    /** The byte that came last. */
    LAST {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return true;
        }
    },
    /** The byte that came first, unless the later segment begins before the earlier one. */
    BSD {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return from < heldFrom;
        }
    },
    /** As {@link #BSD}; and where both begin at one place, the longer segment counts if it is the later one. */
    LINUX {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return from < heldFrom || from == heldFrom && to > heldTo;
        }
    }
}
