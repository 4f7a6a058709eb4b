package io.pairwire.platform.xdp;

/**
 * How an AF_XDP socket is made. Its memory is {@code (receiveFrames + transmitFrames) * frameLength} bytes, which the kernel
 * locks.
 *
 * @param receiveFrames frames for packets that come, a power of two; the rings hold all of them, so the RX ring is never full. 0 to
 *     send only
 * @param transmitFrames frames for packets to send, a power of two; 0 to receive only
 * @param frameLength 2048 or 4096 bytes, of which {@value XdpSocketSettings#HEADROOM} are the kernel's
 * @param hugePages whether to ask for memory in huge pages first
 * @param copy whether frames are copied between card and memory
 * @param needWakeup whether the kernel may sleep until it is called, which saves a core where both run on the same one
 * @param fragments whether packets longer than a frame are taken in several; Linux 6.6 or later
 */
public record XdpSocketSettings(
        int receiveFrames,
        int transmitFrames,
        int frameLength,
        boolean hugePages,
        Copy copy,
        boolean needWakeup,
        boolean fragments) {
    /** Bytes of a frame in front of the packet, {@code XDP_PACKET_HEADROOM}. */
    public static final int HEADROOM = 256;

    private static final int MOST_FRAMES = 1 << 20;

    /** Zero-copy or copy. */
    public enum Copy {
        /** Zero-copy where the driver can, otherwise copy. */
        AUTO,
        /** Zero-copy or nothing. */
        NEVER,
        /** Copy, though the driver may do without. */
        ALWAYS
    }

    public XdpSocketSettings {
        check("receiveFrames", receiveFrames);
        check("transmitFrames", transmitFrames);
        if (receiveFrames + transmitFrames == 0) throw new IllegalArgumentException("no frames at all");
        if (frameLength != 2048 && frameLength != 4096) {
            throw new IllegalArgumentException("frameLength is neither 2048 nor 4096: " + frameLength);
        }
    }

    private static void check(String name, int frames) {
        if (frames < 0 || frames > MOST_FRAMES || Integer.bitCount(frames) > 1) {
            throw new IllegalArgumentException(name + " is no power of two up to " + MOST_FRAMES + ": " + frames);
        }
    }

    /** Receives only: 32 MB of frames in huge pages where there are some. */
    public static XdpSocketSettings receiving() {
        return new XdpSocketSettings(16_384, 0, 2048, true, Copy.AUTO, true, false);
    }

    /** Sends only. */
    public static XdpSocketSettings sending() {
        return new XdpSocketSettings(0, 2_048, 2048, true, Copy.AUTO, true, false);
    }

    /** The longest packet that fits into one frame, bytes. */
    public int longestPacket() {
        return frameLength - HEADROOM;
    }

    /** Bytes of memory that the kernel locks. */
    public long memoryLength() {
        return (long) (receiveFrames + transmitFrames) * frameLength;
    }
}
