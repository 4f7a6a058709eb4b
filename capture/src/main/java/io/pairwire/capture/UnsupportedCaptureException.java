package io.pairwire.capture;

import java.io.IOException;

/** The input is in a format that cannot be read, or is no capture at all; or a format cannot hold what is to be written. */
public final class UnsupportedCaptureException extends IOException {
    private static final long serialVersionUID = 1;

    private final CaptureFormat format;

    /**
     * @param format what the input was recognised as, or what was to be written
     * @param what what it is and what to do about it
     */
    public UnsupportedCaptureException(CaptureFormat format, String what) {
        super(what);
        this.format = format;
    }

    /** What the input was recognised as, or what was to be written; {@link CaptureFormat#UNKNOWN} if it is no capture. */
    public CaptureFormat format() {
        return format;
    }
}
