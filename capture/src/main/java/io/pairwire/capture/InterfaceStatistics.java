package io.pairwire.capture;

import java.util.List;

/**
 * What a capturing program counted at an interface; -1 where it did not say.
 *
 * @param interfaceIndex of the interface, as {@link Packet#interfaceIndex()}
 * @param epochNanos when it counted
 * @param startNanos when the capture began, {@link Long#MIN_VALUE} if not told
 * @param endNanos when the capture ended, {@link Long#MIN_VALUE} if not told
 * @param received packets that came from the interface
 * @param dropped packets the interface lost for lack of room
 * @param accepted packets the filter let through
 * @param droppedBySystem packets the system lost for lack of room
 * @param delivered packets handed to the program
 * @param comments remarks
 */
public record InterfaceStatistics(
        int interfaceIndex,
        long epochNanos,
        long startNanos,
        long endNanos,
        long received,
        long dropped,
        long accepted,
        long droppedBySystem,
        long delivered,
        List<String> comments) {

    public InterfaceStatistics {
        comments = List.copyOf(comments);
    }

    /** Of a capture that counted packets received and lost, and nothing else. */
    public static InterfaceStatistics of(int interfaceIndex, long epochNanos, long received, long dropped) {
        return new InterfaceStatistics(
                interfaceIndex, epochNanos, Long.MIN_VALUE, Long.MIN_VALUE, received, dropped, -1, -1, -1, List.of());
    }
}
