package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.capture.SourceStatistics;
import java.util.List;

/**
 * What happens to a packet between ring and handler: the exact filter, the snapshot length, its number, the counts. The
 * polling thread delivers; the counts and the filter may be read by any thread, and are as of its last {@link #publish}.
 */
final class Delivery {
    private final int file;
    private final int snaplen;

    private volatile LiveFilter filter;
    private volatile boolean asksAll;

    private long delivered;
    private long filtered;
    private long bytes;
    private long capturedBytes;
    private volatile long shownDelivered;
    private volatile long shownFiltered;
    private volatile long shownBytes;
    private volatile long shownCapturedBytes;

    Delivery(LiveSettings settings, LiveFilter filter, boolean asksAll) {
        file = settings.file();
        snaplen = settings.snaplen();
        this.filter = filter;
        this.asksAll = asksAll;
    }

    LiveFilter filter() {
        return filter;
    }

    /** Is every packet asked again here, whatever the kernel said? */
    boolean asksAll() {
        return asksAll;
    }

    /** From now on another filter, which is asked for every packet: older ones may still lie in the ring. */
    void filter(LiveFilter filter) {
        asksAll = true;
        this.filter = filter;
    }

    /** Is the packet wanted? Then it is numbered, cut and counted, and has to be handed over. */
    boolean accept(Packet packet, boolean kernelCouldNotKnow) {
        if ((kernelCouldNotKnow || asksAll) && !filter.exact().test(packet)) {
            filtered++;
            return false;
        }
        if (packet.capturedLength() > snaplen) packet.cut(snaplen);
        packet.from(file, ++delivered);
        bytes += packet.originalLength();
        capturedBytes += packet.capturedLength();
        return true;
    }

    /** Shows the counts to other threads. */
    void publish() {
        if (shownFiltered != filtered) shownFiltered = filtered;
        if (shownDelivered == delivered) return;
        shownBytes = bytes;
        shownCapturedBytes = capturedBytes;
        shownDelivered = delivered;
    }

    long delivered() {
        return shownDelivered;
    }

    long filtered() {
        return shownFiltered;
    }

    /** Of the delivered packets on the wire. */
    long bytes() {
        return shownBytes;
    }

    /** What all packet sources tell. */
    SourceStatistics statistics(boolean ended) {
        return new SourceStatistics(1, ended ? 1 : 0, 0, shownDelivered, shownCapturedBytes, 0, List.of());
    }
}
