package io.pairwire.live;

/**
 * What became of frames handed to a {@link FrameSender}: each is sent, refused, or still gathered.
 *
 * @param sent frames the kernel took
 * @param bytes of the frames it took
 * @param refused frames it did not take, for a reason that lies in the frame
 * @param waits how often it had no room, and was asked again
 */
public record TransmitCounts(long sent, long bytes, long refused, long waits) {}
