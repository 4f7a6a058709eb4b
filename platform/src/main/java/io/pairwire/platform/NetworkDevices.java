package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.POINTER;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The network interfaces in the network namespace of the calling thread; also those that are down or have no address. */
public final class NetworkDevices {
    /** Bytes of a name with the 0 at its end. */
    private static final int NAME = 16;

    private static final int IFREQ = 40;
    private static final int ETHTOOL_GET_TS_INFO = 0x41;
    private static final int TS_INFO = 44;
    private static final int RAW_HARDWARE_AND_RX = 0x44;
    private static final int HWTSTAMP_CONFIG = 12;
    private static final int HWTSTAMP_FILTER = 8;
    private static final int HWTSTAMP_FILTER_ALL = 1;
    private static final Path COUNTERS = Path.of("/proc/thread-self/net/dev");
    private static final int COUNTER_DROP = 3;
    private static final int COUNTER_FIFO = 4;
    private static final int MOST_DEVICES = 1 << 16;

    private static final CFunction NAME_INDEX = CFunction.named("if_nameindex");
    private static final CFunction FREE_NAME_INDEX = CFunction.named("if_freenameindex");

    private NetworkDevices() {}

    /** All of them, in the order of the kernel. */
    public static List<NetworkDevice> all() throws SystemCallException {
        var found = new ArrayList<NetworkDevice>();
        try (var socket = KernelSocket.open(Linux.AF_INET, Linux.SOCK_DGRAM, 0, "socket for questions")) {
            for (Name name : names()) {
                try {
                    found.add(device(socket, name));
                } catch (SystemCallException e) {
                    if (e.errno() != Errno.ENODEV) throw e; // it went away since it was listed
                }
            }
        }
        return found;
    }

    /** The one of that name. */
    public static Optional<NetworkDevice> named(String name) throws SystemCallException {
        return all().stream().filter(device -> device.name().equals(name)).findFirst();
    }

    private record Name(int index, String name) {}

    @SuppressWarnings("restricted") // the list ends with an index of 0
    private static List<Name> names() throws SystemCallException {
        long list = NAME_INDEX.call();
        if (list == 0) throw new SystemCallException("if_nameindex", CLibrary.errno());
        var names = new ArrayList<Name>();
        MemorySegment entries = MemorySegment.ofAddress(list).reinterpret(16L * MOST_DEVICES);
        for (long at = 0; at < entries.byteSize() && entries.get(INT, at) != 0; at += 16) {
            MemorySegment text = entries.get(POINTER, at + 8).reinterpret(NAME);
            names.add(new Name(entries.get(INT, at), text.getString(0)));
        }
        FREE_NAME_INDEX.call(list);
        return names;
    }

    private static NetworkDevice device(KernelSocket socket, Name name) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name.name());
            socket.ioctl(Linux.SIOCGIFFLAGS, request, "SIOCGIFFLAGS, " + name.name());
            int flags = request.get(ValueLayout.JAVA_SHORT, NAME) & 0xffff;
            socket.ioctl(Linux.SIOCGIFMTU, request, "SIOCGIFMTU, " + name.name());
            int mtu = request.get(INT, NAME);
            socket.ioctl(Linux.SIOCGIFHWADDR, request, "SIOCGIFHWADDR, " + name.name());
            int hardwareType = request.get(ValueLayout.JAVA_SHORT, NAME) & 0xffff;
            return new NetworkDevice(name.index(), name.name(), flags, mtu, hardwareType);
        }
    }

    private static MemorySegment request(Arena arena, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME) throw new IllegalArgumentException("not the name of an interface: " + name);
        MemorySegment request = arena.allocate(IFREQ, 8);
        MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return request;
    }

    /** Says the card of the interface that it can stamp incoming packets with its own clock? */
    public static boolean stampsInHardware(String name) throws SystemCallException {
        try (Arena arena = Arena.ofConfined();
                var socket = KernelSocket.open(Linux.AF_INET, Linux.SOCK_DGRAM, 0, "socket for questions")) {
            MemorySegment question = arena.allocate(TS_INFO, 8);
            question.set(INT, 0, ETHTOOL_GET_TS_INFO);
            MemorySegment request = request(arena, name);
            request.set(POINTER, NAME, question);
            try {
                socket.ioctl(Linux.SIOCETHTOOL, request, "SIOCETHTOOL, " + name);
            } catch (SystemCallException e) {
                if (e.errno() == Errno.EOPNOTSUPP || e.errno() == Errno.EPERM) return false;
                throw e;
            }
            return (question.get(INT, 4) & RAW_HARDWARE_AND_RX) == RAW_HARDWARE_AND_RX;
        }
    }

    /** Makes the card stamp all incoming packets; needs {@code CAP_NET_ADMIN}. It goes on after this process has ended. */
    public static void stampInHardware(KernelSocket socket, String name) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(HWTSTAMP_CONFIG, 8);
            wanted.set(INT, HWTSTAMP_FILTER, HWTSTAMP_FILTER_ALL);
            MemorySegment request = request(arena, name);
            request.set(POINTER, NAME, wanted);
            socket.ioctl(Linux.SIOCSHWTSTAMP, request, "SIOCSHWTSTAMP, " + name);
        }
    }

    /**
     * Packets that the interface lost since it came up, for whatever reason it counts; 0 where nobody tells.
     *
     * @param name of an interface, or {@code any} for the sum of all
     */
    public static long lost(String name) throws IOException {
        if (!Files.isReadable(COUNTERS)) return 0;
        long lost = 0;
        for (String line : Files.readAllLines(COUNTERS)) {
            int colon = line.indexOf(':');
            if (colon < 0
                    || !name.equals("any") && !line.substring(0, colon).strip().equals(name)) continue;
            String[] counters = line.substring(colon + 1).strip().split("\\s+");
            if (counters.length <= COUNTER_FIFO) throw new IOException(COUNTERS + ": cannot be understood: " + line);
            lost += Long.parseLong(counters[COUNTER_DROP]) + Long.parseLong(counters[COUNTER_FIFO]);
        }
        return lost;
    }
}
