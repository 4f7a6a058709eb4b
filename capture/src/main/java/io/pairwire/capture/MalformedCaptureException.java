package io.pairwire.capture;

import java.io.IOException;

/** A capture file breaks its format; everything before {@link #offset()} has been delivered. */
public final class MalformedCaptureException extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;

    /**
     * @param offset where, bytes from the start of the file
     * @param what what is wrong there
     */
    public MalformedCaptureException(long offset, String what) {
        super(what);
        this.offset = offset;
    }

    /** Where the damage begins, bytes from the start of the file. */
    public long offset() {
        return offset;
    }
}
