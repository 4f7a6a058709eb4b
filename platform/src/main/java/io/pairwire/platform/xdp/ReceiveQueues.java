package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.POINTER;

import io.pairwire.platform.Errno;
import io.pairwire.platform.KernelSocket;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** How many receive queues an interface uses, as {@code ethtool -l} tells it. */
public final class ReceiveQueues {
    /** {@code struct ethtool_channels}. */
    static final StructLayout CHANNELS = MemoryLayout.structLayout(
            INT.withName("cmd"),
            INT.withName("max_rx"),
            INT.withName("max_tx"),
            INT.withName("max_other"),
            INT.withName("max_combined"),
            INT.withName("rx_count"),
            INT.withName("tx_count"),
            INT.withName("other_count"),
            INT.withName("combined_count"));

    private static final int ETHTOOL_GCHANNELS = 0x3c;
    private static final int NAME = 16;
    private static final int IFREQ = 40;

    private ReceiveQueues() {}

    /** At least 1, also where the driver does not tell. */
    public static int count(String name) throws SystemCallException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME) throw new IllegalArgumentException("not the name of an interface: " + name);
        try (Arena arena = Arena.ofConfined();
                var socket = KernelSocket.open(Linux.AF_INET, Linux.SOCK_DGRAM, 0, "socket for questions")) {
            MemorySegment channels = arena.allocate(CHANNELS);
            channels.set(INT, 0, ETHTOOL_GCHANNELS);
            MemorySegment request = arena.allocate(IFREQ, Long.BYTES);
            MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
            request.set(POINTER, NAME, channels);
            try {
                socket.ioctl(Linux.SIOCETHTOOL, request, "ETHTOOL_GCHANNELS, " + name);
            } catch (SystemCallException e) {
                if (e.errno() == Errno.EOPNOTSUPP) return 1;
                throw e;
            }
            return Math.max(1, count(channels, "rx_count") + count(channels, "combined_count"));
        }
    }

    private static int count(MemorySegment channels, String field) {
        return channels.get(INT, CHANNELS.byteOffset(PathElement.groupElement(field)));
    }
}
