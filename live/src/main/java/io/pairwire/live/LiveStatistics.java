package io.pairwire.live;

/**
 * What became of packets, counted since the source was opened. While nothing is on its way, and always after the end,
 *
 * <pre>received = delivered + filtered + droppedKernel + droppedApplication + left</pre>
 *
 * @param received packets that reached the source and passed the kernel's part of the filter, lost ones included
 * @param delivered packets handed over
 * @param filtered packets that the kernel passed and the exact filter refused; what the kernel refuses nobody counts
 * @param droppedKernel packets for which the kernel found no room, because the reader was too slow
 * @param droppedInterface packets the interface says it lost, for whatever reason, wanted or not; no part of {@code received}
 * @param droppedApplication packets that came out of the ring in a shape that could not be understood
 * @param left packets that were still in the ring when the source was closed without draining it: nobody wanted them any more
 * @param freezes how often the ring was full
 * @param bytes of the delivered packets on the wire
 * @param outages how often the interface went down
 */
public record LiveStatistics(
        long received,
        long delivered,
        long filtered,
        long droppedKernel,
        long droppedInterface,
        long droppedApplication,
        long left,
        long freezes,
        long bytes,
        long outages) {

    /** Nothing happened. */
    public static final LiveStatistics NONE = new LiveStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** All that were lost, wherever. */
    public long dropped() {
        return droppedKernel + droppedInterface + droppedApplication;
    }

    /** Both together, where the other one has another share of the same interface's traffic: what the interface tells counts once. */
    public LiveStatistics plusShare(LiveStatistics other) {
        LiveStatistics sum = plus(other);
        return new LiveStatistics(
                sum.received,
                sum.delivered,
                sum.filtered,
                sum.droppedKernel,
                Math.max(droppedInterface, other.droppedInterface),
                sum.droppedApplication,
                sum.left,
                sum.freezes,
                sum.bytes,
                Math.max(outages, other.outages));
    }

    /** Both together. */
    public LiveStatistics plus(LiveStatistics other) {
        return new LiveStatistics(
                received + other.received,
                delivered + other.delivered,
                filtered + other.filtered,
                droppedKernel + other.droppedKernel,
                droppedInterface + other.droppedInterface,
                droppedApplication + other.droppedApplication,
                left + other.left,
                freezes + other.freezes,
                bytes + other.bytes,
                outages + other.outages);
    }
}
