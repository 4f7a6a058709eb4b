package io.pairwire.platform.xdp;

import io.pairwire.platform.CLibrary;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The map of an XDP program that says which socket takes the packets of a receive queue, {@code BPF_MAP_TYPE_XSKMAP}. It lives
 * as long as this object or a loaded program that names it. Thread-safe.
 */
public final class XskMap implements AutoCloseable {
    private static final int XSKMAP = 17;

    private final FileDescriptor map;
    private final int queues;

    private XskMap(FileDescriptor map, int queues) {
        this.map = map;
        this.queues = queues;
    }

    /**
     * Makes an empty map.
     *
     * @param queues room for queues 0 to {@code queues} - 1
     * @throws SystemCallException with {@code EPERM} without CAP_BPF
     */
    public static XskMap create(int queues) throws SystemCallException {
        if (queues < 1) throw new IllegalArgumentException("queues is not positive: " + queues);
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.MAP, "map_type", XSKMAP);
            BpfCall.put(attribute, BpfCall.MAP, "key_size", Integer.BYTES);
            BpfCall.put(attribute, BpfCall.MAP, "value_size", Integer.BYTES);
            BpfCall.put(attribute, BpfCall.MAP, "max_entries", queues);
            BpfCall.putName(attribute, BpfCall.MAP, "map_name", "pairwire_xsk");
            int number = BpfCall.call(BpfCall.MAP_CREATE, attribute, "bpf(BPF_MAP_CREATE of an XSKMAP)");
            return new XskMap(new FileDescriptor(number, "XSKMAP"), queues);
        }
    }

    /** For the program, whose instructions carry it until the kernel has loaded them. */
    public int descriptor() {
        return map.number();
    }

    /** How many queues there is room for. */
    public int queues() {
        return queues;
    }

    /** From now on packets of that queue which the program redirects go to that socket. */
    public void put(int queue, XdpSocket socket) throws SystemCallException {
        change(BpfCall.MAP_UPDATE_ELEM, queue, socket.descriptor(), "bpf(BPF_MAP_UPDATE_ELEM, queue " + queue + ")");
    }

    /**
     * From now on packets of that queue go on to the network stack.
     *
     * @throws SystemCallException with {@code ENOENT} if there was no socket
     */
    public void remove(int queue) throws SystemCallException {
        change(BpfCall.MAP_DELETE_ELEM, queue, 0, "bpf(BPF_MAP_DELETE_ELEM, queue " + queue + ")");
    }

    private void change(int command, int queue, int value, String what) throws SystemCallException {
        if (queue < 0 || queue >= queues)
            throw new IllegalArgumentException("queue is not in 0.." + (queues - 1) + ": " + queue);
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.ELEMENT, "map_fd", map.number());
            BpfCall.put(attribute, BpfCall.ELEMENT, "key", arena.allocateFrom(CLibrary.INT, queue));
            if (command == BpfCall.MAP_UPDATE_ELEM) {
                BpfCall.put(attribute, BpfCall.ELEMENT, "value", arena.allocateFrom(CLibrary.INT, value));
            }
            BpfCall.call(command, attribute, what);
        }
    }

    @Override
    public void close() throws SystemCallException {
        map.close();
    }
}
