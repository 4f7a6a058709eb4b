package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * Network namespaces, for experiments that must not touch the machine's own network. A socket belongs to the namespace of the
 * thread that opens it and stays there; threads and programs started by a thread inherit its namespace.
 */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle UNSHARE = CLibrary.function("unshare", FunctionDescriptor.of(INT, INT));

    private NetworkNamespace() {}

    /**
     * Moves the calling platform thread into a new, empty namespace, for good. It vanishes with its last thread and socket.
     *
     * @throws SystemCallException with {@link Errno#EPERM} without {@code CAP_SYS_ADMIN}
     */
    public static void enterNew() throws SystemCallException {
        int answer;
        try {
            answer = (int) UNSHARE.invokeExact(CLibrary.errnoMemory(), CLONE_NEWNET);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer != 0) throw new SystemCallException("unshare(CLONE_NEWNET)", CLibrary.errno());
    }
}
