package io.pairwire.dpi;

/** What an attribute holds. */
public enum AttributeType {
    /** A number of up to 64 bits. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** Text. */
    TEXT,
    /** Bytes without a meaning of their own, told in hexadecimal. */
    BYTES,
    /** An IPv4 or IPv6 address, told as text. */
    ADDRESS,
    /** Nanoseconds. */
    DURATION,
    /** Text made by a fingerprint method. */
    FINGERPRINT;

    /** Is it kept as a number? */
    public boolean isNumeric() {
        return this == NUMBER || this == FLAG || this == DURATION;
    }
}
