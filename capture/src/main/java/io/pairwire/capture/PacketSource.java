package io.pairwire.capture;

import java.io.IOException;

/**
 * Where packets come from: files, a pipe, a network interface.
 *
 * <p>One thread polls and closes; {@link #statistics()} may be called from any thread. A damaged input does not end a
 * source: what was read before the damage has been handed over, the damage is listed in the statistics, and the source
 * goes on with its next input.
 */
public interface PacketSource extends AutoCloseable {

    /** What {@link #poll} answers when nothing will ever come again. */
    int END = -1;

    /**
     * Hands over packets that are ready, {@code limit} at most, in the order of capture. Returns early rather than wait
     * for input once it has handed over at least one packet; waits for input otherwise.
     *
     * @return how many packets were handed over, 0 if none is ready although more may come, {@link #END} at the end
     * @throws IOException if the source as a whole fails
     */
    int poll(PacketHandler handler, int limit) throws IOException;

    /** The name of the file with that index (see {@link Packet#file()}), as the user wrote it. */
    String fileName(int file);

    /** How far the source is, as of some moment during this call. */
    SourceStatistics statistics();

    /**
     * Packets that were left out so far because nobody wants them; they count as read in the {@link #statistics()}. Only for the
     * thread that polls.
     */
    default long passedOver() {
        return 0;
    }

    /** The latest time in inputs of which packets were left out, once they have ended; else {@link Long#MIN_VALUE}. As above. */
    default long passedOverUntilNanos() {
        return Long.MIN_VALUE;
    }

    @Override
    void close() throws IOException;
}
