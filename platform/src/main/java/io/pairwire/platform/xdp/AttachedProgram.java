package io.pairwire.platform.xdp;

import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An XDP program that a link holds on an interface, whoever made the link. Programs put there without a link, as {@code ip link
 * set ... xdp} does, are not listed.
 *
 * @param linkId what the kernel calls the link
 * @param programId what it calls the program
 * @param interfaceIndex in the namespace of this process; 0 once detached
 */
public record AttachedProgram(int linkId, int programId, int interfaceIndex) {
    private static final int LINK_TYPE_XDP = 6;

    /**
     * All of them, of every namespace.
     *
     * @throws SystemCallException with {@code EPERM} without CAP_SYS_ADMIN
     */
    public static List<AttachedProgram> list() throws SystemCallException {
        var attached = new ArrayList<AttachedProgram>();
        try (var ids = new BpfIds(BpfCall.LINK_GET_NEXT_ID, BpfCall.LINK_GET_FD_BY_ID, "link")) {
            while (ids.next()) {
                try (FileDescriptor link = ids.open();
                        var arena = Arena.ofConfined()) {
                    MemorySegment details = BpfIds.details(arena, link.number(), BpfCall.LINK_DETAILS, "link");
                    if (BpfCall.get(details, BpfCall.LINK_DETAILS, "type") != LINK_TYPE_XDP) continue;
                    attached.add(new AttachedProgram(
                            BpfCall.get(details, BpfCall.LINK_DETAILS, "id"),
                            BpfCall.get(details, BpfCall.LINK_DETAILS, "prog_id"),
                            BpfCall.get(details, BpfCall.LINK_DETAILS, "ifindex")));
                } catch (SystemCallException e) {
                    if (e.errno() != Errno.ENOENT && e.errno() != Errno.EAGAIN)
                        throw e; // gone since its number was read
                }
            }
        }
        return attached;
    }
}
