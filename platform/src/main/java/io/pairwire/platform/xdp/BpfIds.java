package io.pairwire.platform.xdp;

import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** Walks over everything of a kind that the kernel holds, by rising numbers. */
final class BpfIds implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment attribute = BpfCall.attribute(arena);
    private final int nextCommand;
    private final int openCommand;
    private final String kind;
    private int id;

    BpfIds(int nextCommand, int openCommand, String kind) {
        this.nextCommand = nextCommand;
        this.openCommand = openCommand;
        this.kind = kind;
    }

    /** Steps on; false behind the last. */
    boolean next() throws SystemCallException {
        attribute.fill((byte) 0);
        BpfCall.put(attribute, BpfCall.NEXT, "start_id", id);
        int answer = BpfCall.tryCall(nextCommand, attribute);
        if (answer == -Errno.ENOENT) return false;
        if (answer < 0) throw new SystemCallException("bpf(next " + kind + ")", -answer);
        id = BpfCall.get(attribute, BpfCall.NEXT, "next_id");
        return true;
    }

    FileDescriptor open() throws SystemCallException {
        attribute.fill((byte) 0);
        BpfCall.put(attribute, BpfCall.NEXT, "start_id", id);
        return new FileDescriptor(
                BpfCall.call(openCommand, attribute, "bpf(open " + kind + " " + id + ")"), kind + " " + id);
    }

    /** What the kernel tells about an open one. */
    static MemorySegment details(Arena arena, int descriptor, StructLayout layout, String kind)
            throws SystemCallException {
        MemorySegment details = arena.allocate(layout);
        MemorySegment attribute = BpfCall.attribute(arena);
        BpfCall.put(attribute, BpfCall.DETAILS, "bpf_fd", descriptor);
        BpfCall.put(attribute, BpfCall.DETAILS, "info_len", (int) layout.byteSize());
        BpfCall.put(attribute, BpfCall.DETAILS, "info", details);
        BpfCall.call(BpfCall.OBJ_GET_INFO_BY_FD, attribute, "bpf(BPF_OBJ_GET_INFO_BY_FD of a " + kind + ")");
        return details;
    }

    @Override
    public void close() {
        arena.close();
    }
}
