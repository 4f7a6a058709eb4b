package io.pairwire.capture;

import java.io.IOException;

/** The input is in a format that cannot be read, or is no capture at all. */
public final class UnsupportedCaptureException extends IOException {
    private static final long serialVersionUID = 1;

    private final CaptureFormat format;

    /**
     * @param format what the input was recognised as
     * @param what what it is and what to do about it
     */
    public UnsupportedCaptureException(CaptureFormat format, String what) {
        super(what);
        this.format = format;
    }

    /** What the input was recognised as; {@link CaptureFormat#UNKNOWN} if it is no capture. */
    public CaptureFormat format() {
        return format;
    }
}
