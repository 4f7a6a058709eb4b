package io.pairwire.live;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Sends whole frames at an interface. Frames are gathered and leave together; {@link #flush} makes them leave now. One thread.
 */
public interface FrameSender extends AutoCloseable {
    /** Frames that are gathered at most. */
    int BATCH = 64;

    /**
     * Opens an interface of the network namespace that the calling thread is in.
     *
     * @throws DeviceException saying what is missing and what helps
     */
    static FrameSender open(TransmitSettings settings) throws IOException {
        return switch (settings.method()) {
            case PACKET -> PacketFrameSender.open(settings);
            case XDP -> XdpFrameSender.open(settings);
        };
    }

    /** Sends nothing, whatever it is handed: to have compiled what hands over frames, see {@link Priming}. Opening it takes no right. */
    static FrameSender nowhere() {
        return new DiscardedFrames();
    }

    /** Bytes of the longest frame that the interface takes, link header included, VLAN tag not. */
    int longestFrame();

    /** Of the frames it takes, a {@link io.pairwire.capture.LinkType} number. */
    int linkType();

    /**
     * Gathers a copy of a frame; if {@link #BATCH} are gathered, they leave.
     *
     * @param length 1 to {@link #longestFrame} + 4 bytes
     * @throws DeviceException if the interface takes no frames any more
     */
    void send(MemorySegment memory, long at, int length) throws IOException;

    /** Makes what is gathered leave; waits while the interface has no room, for a moment. */
    void flush() throws IOException;

    /** Makes what is gathered leave, and waits until the kernel has sent all of it, as far as it tells. */
    void drain() throws IOException;

    /** Frames gathered and not yet taken by the kernel. */
    int gathered();

    /** What became of frames so far. */
    TransmitCounts counts();

    /** By what means, for people. */
    String description();

    @Override
    void close() throws IOException;
}
