package io.pairwire.capture;

import java.io.IOException;

/**
 * A capture file breaks its format; every packet that ends before {@link #offset()} has been delivered. In a compressed
 * file offsets count the bytes of the capture inside, and the message adds the byte of the compressed file.
 */
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
