package io.pairwire.dpi;

/** How sure a label is, surest first. */
public enum Confidence {
    /** Recognised by what was sent. */
    DPI,
    /** Recognised by a part of what the protocol would show. */
    PARTIAL,
    /** Another session announced it, or the same endpoint spoke it before. */
    CACHE,
    /** Guessed by an address. */
    IP,
    /** Guessed by a port. */
    PORT,
    /** Not known. */
    UNKNOWN;

    /** Its name in lower case, as outputs tell it. */
    public String text() {
        return switch (this) {
            case DPI -> "dpi";
            case PARTIAL -> "partial";
            case CACHE -> "cache";
            case IP -> "ip";
            case PORT -> "port";
            case UNKNOWN -> "unknown";
        };
    }
}
