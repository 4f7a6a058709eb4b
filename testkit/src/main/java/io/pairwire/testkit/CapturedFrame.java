package io.pairwire.testkit;

/** A frame with the time of its capture; its number is given when all frames of the capture are in order. */
final class CapturedFrame {
    private final long epochNanos;
    private final int serial;
    private final byte[] bytes;
    private final int captured;
    private long number;

    /**
     * @param serial orders frames of equal time
     * @param captured how many of the bytes are in the capture
     */
    CapturedFrame(long epochNanos, int serial, byte[] bytes, int captured) {
        this.epochNanos = epochNanos;
        this.serial = serial;
        this.bytes = bytes;
        this.captured = captured;
    }

    long epochNanos() {
        return epochNanos;
    }

    int serial() {
        return serial;
    }

    byte[] bytes() {
        return bytes;
    }

    int captured() {
        return captured;
    }

    void number(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }
}
