package io.pairwire.platform;

/**
 * Network namespaces, for experiments that must not touch the machine's own network. A socket belongs to the namespace of the
 * thread that opens it and stays there; threads and programs started by a thread inherit its namespace.
 */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final CFunction UNSHARE = CFunction.named("unshare");

    private NetworkNamespace() {}

    /**
     * Moves the calling platform thread into a new, empty namespace, for good. It vanishes with its last thread and socket.
     *
     * @throws SystemCallException with {@link Errno#EPERM} without {@code CAP_SYS_ADMIN}
     */
    public static void enterNew() throws SystemCallException {
        if ((int) UNSHARE.call(CLONE_NEWNET) != 0)
            throw new SystemCallException("unshare(CLONE_NEWNET)", CLibrary.errno());
    }
}
