package io.pairwire.capture.edit;

/**
 * When a capture that is written as it comes goes on in the next file.
 *
 * @param bytes after which the next packet goes to the next file, before compression; 0 for no limit
 * @param nanos after which it does; 0 for no limit
 * @param packets after which it does; 0 for no limit
 * @param files how many there may be; 0 for any number
 * @param ring whether the oldest file makes room for the next one; otherwise the capture ends behind the last
 */
public record Rotation(long bytes, long nanos, long packets, int files, boolean ring) {
    /** One file. */
    public static final Rotation NONE = new Rotation(0, 0, 0, 0, false);

    public Rotation {
        if (bytes < 0) throw new IllegalArgumentException("bytes is negative: " + bytes);
        if (nanos < 0) throw new IllegalArgumentException("nanos is negative: " + nanos);
        if (packets < 0) throw new IllegalArgumentException("packets is negative: " + packets);
        if (files < 0) throw new IllegalArgumentException("files is negative: " + files);
    }

    /** Is there ever a next file? */
    public boolean rotates() {
        return bytes > 0 || nanos > 0 || packets > 0;
    }
}
