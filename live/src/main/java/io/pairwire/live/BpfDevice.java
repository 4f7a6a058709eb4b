package io.pairwire.live;

import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.DeviceCalls;
import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A BPF device of macOS at an interface, bpf(4). The length of its buffer has to be set before its interface, and reads have
 * to be as long as the buffer.
 */
final class BpfDevice implements AutoCloseable {
    private static final int DEVICES = 256;
    private static final int READ_WRITE = 2;
    private static final int SMALLEST_BUFFER = 1 << 12;
    private static final int LARGEST_BUFFER = 1 << 19;
    private static final int NAME = 16;
    private static final int INTERFACE_REQUEST = 32;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final LiveSettings settings;
    private final DeviceCalls calls;
    private final int descriptor;
    private final int bufferBytes;
    private final int linkType;

    private BpfDevice(LiveSettings settings, DeviceCalls calls, int descriptor) throws SystemCallException {
        this.settings = settings;
        this.calls = calls;
        this.descriptor = descriptor;
        try (Arena arena = Arena.ofConfined()) {
            bufferBytes = askForBuffer(arena);
            calls.ioctl(descriptor, BpfDeviceCodes.BIOCSETIF, interfaceRequest(arena), "BIOCSETIF");
            number(arena, BpfDeviceCodes.BIOCSHDRCMPLT, 1, "BIOCSHDRCMPLT");
            number(arena, BpfDeviceCodes.BIOCSSEESENT, settings.direction() == Direction.IN ? 0 : 1, "BIOCSSEESENT");
            number(arena, BpfDeviceCodes.BIOCIMMEDIATE, settings.immediate() ? 1 : 0, "BIOCIMMEDIATE");
            calls.ioctl(descriptor, BpfDeviceCodes.BIOCSRTIMEOUT, timeout(arena), "BIOCSRTIMEOUT");
            if (settings.promiscuous()) {
                calls.ioctl(descriptor, BpfDeviceCodes.BIOCPROMISC, MemorySegment.NULL, "BIOCPROMISC");
            }
            MemorySegment kind = arena.allocate(ValueLayout.JAVA_INT);
            calls.ioctl(descriptor, BpfDeviceCodes.BIOCGDLT, kind, "BIOCGDLT");
            linkType = DataLinks.linkType(kind.get(ValueLayout.JAVA_INT, 0));
        }
    }

    /** Takes the first device that nobody else uses. */
    static BpfDevice open(LiveSettings settings, DeviceCalls calls) throws IOException {
        String device = settings.device();
        if (settings.isAny()) {
            throw new DeviceException(
                    Reason.NOT_SUPPORTED,
                    "any: a BPF device stands at one interface; name it, several with several -i");
        }
        if (settings.direction() == Direction.OUT) {
            throw new DeviceException(Reason.NOT_SUPPORTED, device + ": a BPF device cannot leave out what comes in");
        }
        int descriptor = openFree(settings, calls);
        try {
            return new BpfDevice(settings, calls, descriptor);
        } catch (SystemCallException e) {
            calls.close(descriptor);
            throw switch (e.errno()) {
                case Errno.ENXIO -> new DeviceException(Reason.NO_SUCH_DEVICE, device + ": no such interface", e);
                default -> new DeviceException(Reason.REFUSED, device + ": " + e.getMessage(), e);
            };
        }
    }

    private static int openFree(LiveSettings settings, DeviceCalls calls) throws DeviceException {
        SystemCallException last = new SystemCallException("open(/dev/bpf)", Errno.ENOENT);
        for (int i = 0; i < DEVICES; i++) {
            try {
                return calls.open("/dev/bpf" + i, READ_WRITE);
            } catch (SystemCallException e) {
                last = e;
                if (e.errno() != Errno.EBUSY) break;
            }
        }
        String device = settings.device();
        throw switch (last.errno()) {
            case Errno.EACCES, Errno.EPERM ->
                new DeviceException(
                        Reason.NOT_PERMITTED,
                        device + ": permission denied for /dev/bpf*; run as root, or sudo chmod g+rw /dev/bpf*"
                                + " for a group you are in, as Wireshark's ChmodBPF does",
                        last);
            case Errno.ENOENT ->
                new DeviceException(Reason.NOT_SUPPORTED, device + ": this system has no /dev/bpf", last);
            default ->
                new DeviceException(Reason.BUSY, device + ": no BPF device is free (" + last.getMessage() + ")", last);
        };
    }

    /** As large as the kernel lets us have it. */
    private int askForBuffer(Arena arena) throws SystemCallException {
        MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
        for (int wanted = (int) Math.min(settings.ringBytes(), LARGEST_BUFFER); ; wanted /= 2) {
            length.set(ValueLayout.JAVA_INT, 0, wanted);
            try {
                calls.ioctl(descriptor, BpfDeviceCodes.BIOCSBLEN, length, "BIOCSBLEN");
                return length.get(ValueLayout.JAVA_INT, 0); // it tells what it gave
            } catch (SystemCallException e) {
                if (wanted <= SMALLEST_BUFFER) throw e;
            }
        }
    }

    private MemorySegment interfaceRequest(Arena arena) {
        byte[] name = settings.device().getBytes(StandardCharsets.UTF_8);
        MemorySegment request = arena.allocate(INTERFACE_REQUEST, 8);
        MemorySegment.copy(name, 0, request, ValueLayout.JAVA_BYTE, 0, Math.min(name.length, NAME - 1));
        return request;
    }

    private MemorySegment timeout(Arena arena) {
        long micros = Math.max(1_000, settings.latency().toNanos() / 2_000);
        MemorySegment timeout = arena.allocate(16, 8);
        timeout.set(ValueLayout.JAVA_LONG, 0, micros / MICROS_PER_SECOND);
        timeout.set(ValueLayout.JAVA_INT, 8, (int) (micros % MICROS_PER_SECOND));
        return timeout;
    }

    private void number(Arena arena, long request, int value, String what) throws SystemCallException {
        calls.ioctl(descriptor, request, arena.allocateFrom(ValueLayout.JAVA_INT, value), what);
    }

    /** Replaces the program, and throws away what lies in the buffer unless {@code keepsBuffer}. */
    void attach(List<BpfInstruction> program, boolean keepsBuffer) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(8L * program.size(), 8);
            for (int i = 0; i < program.size(); i++) {
                BpfInstruction instruction = program.get(i);
                instructions.set(ValueLayout.JAVA_SHORT, 8L * i, (short) instruction.code());
                instructions.set(ValueLayout.JAVA_BYTE, 8L * i + 2, (byte) instruction.jt());
                instructions.set(ValueLayout.JAVA_BYTE, 8L * i + 3, (byte) instruction.jf());
                instructions.set(ValueLayout.JAVA_INT, 8L * i + 4, instruction.k());
            }
            MemorySegment whole = arena.allocate(16, 8);
            whole.set(ValueLayout.JAVA_INT, 0, program.size());
            whole.set(ValueLayout.ADDRESS, 8, instructions);
            long request = keepsBuffer ? BpfDeviceCodes.BIOCSETFNR : BpfDeviceCodes.BIOCSETF;
            calls.ioctl(descriptor, request, whole, keepsBuffer ? "BIOCSETFNR" : "BIOCSETF");
        }
    }

    /** Waits for packets, or for the time that was set. */
    long read(MemorySegment buffer) throws SystemCallException {
        try {
            return calls.read(descriptor, buffer);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EINTR) return 0;
            throw e;
        }
    }

    /** Packets for which there was no room since the interface was set, modulo 2^32. */
    int dropped() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counters = arena.allocate(8, 4); // received, dropped
            calls.ioctl(descriptor, BpfDeviceCodes.BIOCGSTATS, counters, "BIOCGSTATS");
            return counters.get(ValueLayout.JAVA_INT, 4);
        }
    }

    int bufferBytes() {
        return bufferBytes;
    }

    int linkType() {
        return linkType;
    }

    @Override
    public void close() throws SystemCallException {
        calls.close(descriptor);
    }
}
