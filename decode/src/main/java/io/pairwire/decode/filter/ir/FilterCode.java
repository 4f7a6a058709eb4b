package io.pairwire.decode.filter.ir;

import java.lang.foreign.MemorySegment;

/** A filter that runs. What may be shared between threads says so; nothing allocates while it runs. */
public interface FilterCode {

    /**
     * Looks at one packet.
     *
     * @param start where the packet begins in {@code memory}, bytes
     * @param captured bytes that may be read from there
     * @param original bytes on the wire
     * @return 0 to refuse the packet, otherwise how many bytes of it to keep, an unsigned number
     */
    int run(MemorySegment memory, long start, int captured, int original);

    /**
     * Looks at many packets in one memory and writes the indices of those it accepts to {@code accepted}, in order.
     *
     * @param starts where each packet begins; {@code captured} and {@code original} are its lengths
     * @param count packets; every array holds at least as many
     * @return how many were accepted
     */
    default int select(MemorySegment memory, long[] starts, int[] captured, int[] original, int count, int[] accepted) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (run(memory, starts[i], captured[i], original[i]) != 0) accepted[found++] = i;
        }
        return found;
    }
}
