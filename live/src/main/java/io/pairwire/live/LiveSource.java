package io.pairwire.live;

import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.TimeResolution;
import java.io.IOException;
import java.util.List;

/**
 * Packets of a network interface, as they come.
 *
 * <pre>{@code
 * try (var source = LiveSource.open(LiveSettings.of("eth0"))) {
 *     while (source.poll(handler, 1000) != PacketSource.END) {}
 * }
 * }</pre>
 *
 * <p>One thread polls and closes; {@link #poll} waits a few milliseconds at most and then answers 0. Everything else may be called from any
 * thread. After {@link #stop} polling hands over what was captured before, and then answers {@link #END}.
 */
public interface LiveSource extends PacketSource {

    /**
     * Opens an interface of the network namespace that the calling thread is in.
     *
     * @throws DeviceException saying what is missing and what helps
     */
    static LiveSource open(LiveSettings settings) throws IOException {
        return LiveSources.open(settings);
    }

    /** How it was asked to capture. */
    LiveSettings settings();

    /** Of its packets, a {@link io.pairwire.capture.LinkType} number. */
    int linkType();

    LiveCapabilities capabilities();

    /** Whose clock stamps the packets. */
    TimestampSource timestamps();

    /** What it is made of, for people: the kind of ring and its length. */
    String description();

    /**
     * As {@link #poll}, a batch at a time.
     *
     * @return how many packets the handler took, 0 if none came, {@link #END} at the end
     */
    int pollBatch(BatchHandler handler) throws IOException;

    /**
     * As {@link #poll}, without waiting.
     *
     * @return how many packets were handed over, {@link #END} at the end
     */
    int pollNow(PacketHandler handler, int limit) throws IOException;

    /**
     * Changes the filter: every packet handed over after this call keeps to it, those that lie in the ring already too. A packet
     * that another thread is handling at this moment may be of the old one.
     */
    void filter(LiveFilter filter) throws IOException;

    /** Lets no more packets in. What is in the ring is handed over yet. Does nothing a second time. */
    void stop() throws IOException;

    /** What was counted, as of some moment during this call; the last values after {@link #close}. */
    LiveStatistics liveStatistics() throws IOException;

    /** How full the memory shared with the kernel is, 0 to 1. */
    double ringFill();

    /** What a capture file says about the interface. */
    default CaptureInterface captureInterface() {
        return new CaptureInterface(
                linkType(),
                settings().snaplen(),
                TimeResolution.NANOSECONDS,
                0,
                -1,
                0,
                settings().device(),
                "",
                filterText(),
                "",
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                List.of());
    }

    /** The filter as people write it; empty if there is none. */
    String filterText();
}
