package io.pairwire.capture;

import java.io.IOException;

/** A capture file breaks its format; everything before {@link #offset()} has been delivered. */
public final class MalformedCaptureException extends IOException {
    private static final long serialVersionUID = 1;

    private final DamageKind kind;
    private final long offset;

    /**
     * A damage of kind {@link DamageKind#OTHER}.
     *
     * @param offset where, bytes from the start of the file
     * @param what what is wrong there
     */
    public MalformedCaptureException(long offset, String what) {
        this(DamageKind.OTHER, offset, what);
    }

    /**
     * @param kind what kind of damage it is
     * @param offset where, bytes from the start of the file
     * @param what what is wrong there
     */
    public MalformedCaptureException(DamageKind kind, long offset, String what) {
        super(what);
        this.kind = kind;
        this.offset = offset;
    }

    /** What kind of damage it is. */
    public DamageKind kind() {
        return kind;
    }

    /** Where the damage begins, bytes from the start of the file. */
    public long offset() {
        return offset;
    }
}
