package io.pairwire.decode.stream;

/**
 * What happens where fragments of a datagram overlap. Hosts disagree, and who knows how can show an observer another datagram
 * than the receiver sees; the names are those of Shankar and Paxson, <i>Active Mapping</i> (2003), and of Novak,
 * <i>Target-Based Fragmentation Reassembly</i> (2005).
 *
 * <p>Fragments are compared by their bounds as they were sent, byte by byte and in the order of arrival. An exact copy of a
 * fragment is not an overlap; it is dropped as a duplicate whatever is chosen here.
 */
public enum FragmentOverlap implements Precedence {
    /** The datagram is given up, with all of its fragments that are still to come (RFC 5722, RFC 8200 §4.5). */
    DROP {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return false;
        }
    },
    /** The byte that came first counts. */
    FIRST {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return false;
        }
    },
    /** The byte that came last counts, as in the example of RFC 791. */
    LAST {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return true;
        }
    },
    /** The byte that came first counts, unless the later fragment begins before the earlier one. */
    BSD {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return from < heldFrom;
        }
    },
    /** The byte that came first counts, unless the later fragment begins before the earlier one or at the same place. */
    LINUX {
        @Override
        public boolean prefersArriving(long heldFrom, long heldTo, long from, long to) {
            return from <= heldFrom;
        }
    }
}
