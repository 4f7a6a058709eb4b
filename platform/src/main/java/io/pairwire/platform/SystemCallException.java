package io.pairwire.platform;

import java.io.IOException;

/** The kernel refused. Its number tells a caller what to do: wait, fall back, or name the missing right. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1;

    private final String call;
    private final int errno;

    /**
     * @param call the call as people write it, with what it was asked about: {@code "bind(eth0)"}
     * @param errno as captured with the call
     */
    public SystemCallException(String call, int errno) {
        super(call + ": " + Errno.describe(errno));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    /** One of {@link Errno}, or any other number of the kernel. */
    public int errno() {
        return errno;
    }
}
