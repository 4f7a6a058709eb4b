package io.pairwire.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A capture of libpcap, a {@code pcap_t}. Never waits for packets. One thread at a time; {@link #close} by the same.
 *
 * <p>Set what is wanted, {@link #activate}, then ask for packets with {@link #next}.
 */
public final class PcapCapture implements AutoCloseable {
    /** The device is not there; other answers of {@code pcap_activate} have names like it in {@code pcap/pcap.h}. */
    public static final int NO_SUCH_DEVICE = -5;

    public static final int NO_MONITOR_MODE = -6;
    public static final int PERMISSION_DENIED = -8;
    public static final int PROMISCUOUS_DENIED = -11;

    private static final int ERROR_TEXT = 256;
    private static final int INSTRUCTION = 8;
    private static final boolean SHORT_LONGS = System.getProperty("os.name").startsWith("Windows");
    private static final long FRACTION = SHORT_LONGS ? 4 : 8;
    private static final long CAPTURED = SHORT_LONGS ? 8 : 16;
    private static final long HEADER = CAPTURED + 8;

    private final PcapLibrary library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment capture;
    private final MemorySegment headerAt = arena.allocate(ValueLayout.ADDRESS);
    private final MemorySegment bytesAt = arena.allocate(ValueLayout.ADDRESS);
    private final MemorySegment counters = arena.allocate(16, 8);
    private final MemorySegment everything;
    private long header;
    private boolean closed;

    /** Prepares a capture; nothing is opened yet. */
    @SuppressWarnings("restricted") // libpcap tells where its memory lies, and how much of it
    public PcapCapture(PcapLibrary library, String device) throws IOException {
        this.library = library;
        everything = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
        MemorySegment error = arena.allocate(ERROR_TEXT);
        try {
            capture = (MemorySegment) library.create.invokeExact(arena.allocateFrom(device), error);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (capture.address() == 0) throw new IOException(device + ": " + error.getString(0));
    }

    /**
     * Sets a number.
     *
     * @param function its name in {@code pcap/pcap.h}: {@code pcap_set_snaplen}
     * @return what libpcap answers, 0 if it takes it
     */
    public int set(String function, int value) {
        MethodHandle setter = library.setter(function);
        try {
            return (int) setter.invokeExact(capture, value);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /**
     * Opens the device.
     *
     * @return 0, a warning above it, or an error below it
     */
    public int activate() {
        int answer;
        try {
            answer = (int) library.activate.invokeExact(capture);
            if (answer < 0) return answer;
            int ignored = (int) library.setNonBlock.invokeExact(capture, 1, arena.allocate(ERROR_TEXT));
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        return answer;
    }

    /** What libpcap says about an answer, and about the last error if it says more. */
    public String text(int answer) {
        try {
            String status = PcapLibrary.text((MemorySegment) library.statusText.invokeExact(answer));
            String error = PcapLibrary.text((MemorySegment) library.error.invokeExact(capture));
            return error.isEmpty() ? status : status + ": " + error;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** A number of {@code pcap/dlt.h}. */
    public int dataLink() {
        try {
            return (int) library.dataLink.invokeExact(capture);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /**
     * Attaches a program of classic BPF.
     *
     * @param instructions code, jt, jf and k of each, as {@code struct bpf_insn} lays them out: 16, 8, 8 and 32 bits from the
     *     lowest
     */
    public void filter(long[] instructions) throws IOException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment code = memory.allocate((long) INSTRUCTION * instructions.length, 8);
            MemorySegment.copy(instructions, 0, code, ValueLayout.JAVA_LONG, 0, instructions.length);
            MemorySegment program = memory.allocate(16, 8);
            program.set(ValueLayout.JAVA_INT, 0, instructions.length);
            program.set(ValueLayout.ADDRESS, 8, code);
            int answer;
            try {
                answer = (int) library.setFilter.invokeExact(capture, program);
            } catch (Throwable thrown) {
                throw CLibrary.unexpected(thrown);
            }
            if (answer != 0) throw new IOException("pcap_setfilter: " + text(answer));
        }
    }

    /** Goes on to the next packet: 1 if there is one, 0 if none has come, below 0 for an error or the end. */
    public int next() {
        int answer;
        try {
            answer = (int) library.next.invokeExact(capture, headerAt, bytesAt);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer == 1) header = headerAt.get(ValueLayout.JAVA_LONG, 0);
        return answer;
    }

    /** Seconds of the packet's time. */
    public long seconds() {
        return SHORT_LONGS
                ? Integer.toUnsignedLong(everything.get(ValueLayout.JAVA_INT_UNALIGNED, header))
                : everything.get(ValueLayout.JAVA_LONG_UNALIGNED, header);
    }

    /** What is below a second, in the unit that was asked for; microseconds if none was. */
    public int fraction() {
        return everything.get(ValueLayout.JAVA_INT_UNALIGNED, header + FRACTION);
    }

    public int capturedLength() {
        return everything.get(ValueLayout.JAVA_INT_UNALIGNED, header + CAPTURED);
    }

    public int originalLength() {
        return everything.get(ValueLayout.JAVA_INT_UNALIGNED, header + HEADER - 4);
    }

    /** Copies the packet, {@link #capturedLength} bytes of it or as many as fit. */
    public void copyTo(MemorySegment target) {
        long length = Math.min(Integer.toUnsignedLong(capturedLength()), target.byteSize());
        MemorySegment.copy(everything, bytesAt.get(ValueLayout.JAVA_LONG, 0), target, 0, length);
    }

    /**
     * Counts so far.
     *
     * @return received, dropped for lack of room, dropped by the interface
     */
    public long[] statistics() throws IOException {
        int answer;
        try {
            answer = (int) library.statistics.invokeExact(capture, counters);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer != 0) throw new IOException("pcap_stats: " + text(answer));
        return new long[] {
            Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 0)),
            Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 4)),
            Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 8))
        };
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        try {
            library.close.invokeExact(capture);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        arena.close();
    }
}
