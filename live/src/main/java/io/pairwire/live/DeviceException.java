package io.pairwire.live;

import java.io.IOException;

/** An interface cannot be captured from. The message names the interface, the reason, and what helps. */
public final class DeviceException extends IOException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** There is no interface of that name. */
        NO_SUCH_DEVICE,
        /** A right is missing. */
        NOT_PERMITTED,
        /** It was there and is gone. */
        GONE,
        /** The ring does not fit into memory. */
        NO_MEMORY,
        /** This system or this interface cannot do what was asked. */
        NOT_SUPPORTED,
        /** Somebody else uses what only one can use. */
        BUSY,
        /** Anything else the kernel refused. */
        REFUSED
    }

    private final Reason reason;

    public DeviceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public DeviceException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
