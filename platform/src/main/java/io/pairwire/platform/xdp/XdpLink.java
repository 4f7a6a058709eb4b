package io.pairwire.platform.xdp;

import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Holds a program on an interface. The kernel takes the program off when the link's last descriptor is closed, and so when
 * this process ends, however it ends. Thread-safe.
 */
public final class XdpLink implements AutoCloseable {
    private static final int ATTACH_TYPE_XDP = 37;

    private final FileDescriptor link;

    private XdpLink(FileDescriptor link) {
        this.link = link;
    }

    /**
     * Puts a program on an interface that has none.
     *
     * @throws SystemCallException with {@code EBUSY} if the interface has a program, {@code ERANGE} if its MTU is too large for
     *     the mode, {@code EOPNOTSUPP} if its driver does not know the mode
     */
    public static XdpLink attach(XdpProgram program, int interfaceIndex, XdpMode mode) throws SystemCallException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.LINK, "prog_fd", program.descriptor());
            BpfCall.put(attribute, BpfCall.LINK, "target_ifindex", interfaceIndex);
            BpfCall.put(attribute, BpfCall.LINK, "attach_type", ATTACH_TYPE_XDP);
            BpfCall.put(attribute, BpfCall.LINK, "flags", mode.flag());
            int number = BpfCall.call(BpfCall.LINK_CREATE, attribute, "bpf(BPF_LINK_CREATE)");
            return new XdpLink(new FileDescriptor(number, "XDP link"));
        }
    }

    /** Puts another program in the place of the one that is there; no packet meets none. */
    public void replace(XdpProgram program) throws SystemCallException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.UPDATE, "link_fd", link.number());
            BpfCall.put(attribute, BpfCall.UPDATE, "new_prog_fd", program.descriptor());
            BpfCall.call(BpfCall.LINK_UPDATE, attribute, "bpf(BPF_LINK_UPDATE)");
        }
    }

    /** Takes the program off at once, though others may hold the link. */
    public void detach() throws SystemCallException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.UPDATE, "link_fd", link.number());
            BpfCall.call(BpfCall.LINK_DETACH, attribute, "bpf(BPF_LINK_DETACH)");
        }
    }

    @Override
    public void close() throws SystemCallException {
        link.close();
    }
}
