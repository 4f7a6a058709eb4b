package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.PcapCapture;
import io.pairwire.platform.PcapLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Packets from libpcap, one call for each. Each is copied once, since libpcap's memory is not ours to bound. A filter goes to
 * libpcap as a program; where it cannot decide, the exact one does.
 */
final class PcapLibrarySource implements LiveSource {
    /** The kernel of Linux shows programs packets whose VLAN tag it keeps beside them, and libpcap puts it back too late. */
    private static final boolean HIDES_TAGS = System.getProperty("os.name").startsWith("Linux");

    private static final BpfProgram EVERYTHING =
            new BpfProgram(List.of(BpfInstruction.of(Bpf.RET, LiveSettings.LONGEST_SNAPLEN)));
    private static final int NANOSECOND_PRECISION = 1;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;
    private static final long SLEEP_NANOS = 200_000;
    private static final long DRAIN_NANOS = 300_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LiveSettings settings;
    private final String version;
    private final PcapCapture capture;
    private final int linkType;
    private final boolean nanoseconds;
    private final Delivery delivery;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate(LiveSettings.LONGEST_SNAPLEN, 64);
    private final Packet packet = new Packet();
    private final Object tap = new Object();
    private final Batch batch = new Batch();
    private volatile boolean filterChanged;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile boolean closed;
    private long stopNanos;
    private volatile LiveStatistics last = LiveStatistics.NONE;

    private PcapLibrarySource(
            LiveSettings settings, String version, PcapCapture capture, boolean nanoseconds, int linkType)
            throws IOException {
        this.settings = settings;
        this.version = version;
        this.capture = capture;
        this.nanoseconds = nanoseconds;
        this.linkType = linkType;
        LiveFilter filter = settings.filters().apply(linkType);
        boolean asksAll =
                !filter.kernelIsExact() || HIDES_TAGS && filter.kernel().isPresent();
        delivery = new Delivery(settings, filter, asksAll);
        if (filter.kernel().isPresent() && !HIDES_TAGS) attach(filter.kernel().get());
    }

    static LiveSource open(LiveSettings settings) throws IOException {
        PcapLibrary library = PcapLibrary.find()
                .orElseThrow(() -> new DeviceException(
                        Reason.NOT_SUPPORTED,
                        settings.device()
                                + ": libpcap is not installed; sudo apt install libpcap0.8, or Npcap on Windows"));
        var capture = new PcapCapture(library, settings.device());
        try {
            boolean nanoseconds = set(capture, settings);
            int answer = capture.activate();
            if (answer < 0) throw refusal(settings, capture, answer);
            return new PcapLibrarySource(
                    settings, library.version(), capture, nanoseconds, DataLinks.linkType(capture.dataLink()));
        } catch (IOException | RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    /** Answers whether times come in nanoseconds. */
    private static boolean set(PcapCapture capture, LiveSettings settings) {
        capture.set("pcap_set_snaplen", settings.snaplen());
        capture.set("pcap_set_promisc", settings.promiscuous() && !settings.isAny() ? 1 : 0);
        capture.set("pcap_set_timeout", (int) Math.max(1, settings.latency().toMillis() / 3));
        capture.set("pcap_set_buffer_size", (int) Math.min(settings.ringBytes(), Integer.MAX_VALUE));
        if (settings.immediate()) capture.set("pcap_set_immediate_mode", 1);
        if (settings.monitor()) capture.set("pcap_set_rfmon", 1);
        return capture.set("pcap_set_tstamp_precision", NANOSECOND_PRECISION) == 0;
    }

    private static DeviceException refusal(LiveSettings settings, PcapCapture capture, int answer) {
        String device = settings.device();
        String text = capture.text(answer);
        return switch (answer) {
            case PcapCapture.NO_SUCH_DEVICE -> new DeviceException(Reason.NO_SUCH_DEVICE, device + ": " + text);
            case PcapCapture.PERMISSION_DENIED, PcapCapture.PROMISCUOUS_DENIED ->
                new DeviceException(Reason.NOT_PERMITTED, device + ": " + text + "; " + Refusals.missingRight());
            case PcapCapture.NO_MONITOR_MODE -> new DeviceException(Reason.NOT_SUPPORTED, device + ": " + text);
            default -> new DeviceException(Reason.REFUSED, device + ": " + text);
        };
    }

    private void attach(BpfProgram wanted) throws IOException {
        List<BpfInstruction> program = wanted.instructions();
        long[] words = new long[program.size()];
        for (int i = 0; i < words.length; i++) {
            BpfInstruction instruction = program.get(i);
            words[i] = instruction.code()
                    | (long) instruction.jt() << 16
                    | (long) instruction.jf() << 24
                    | (long) instruction.k() << 32;
        }
        capture.filter(words);
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int handed = pollNow(handler, limit);
        if (handed != 0 || limit == 0 || stopping) return handed;
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (handed == 0 && !stopping && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(SLEEP_NANOS);
            handed = pollNow(handler, limit);
        }
        return handed;
    }

    @Override
    public int pollNow(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        if (closed) throw new IllegalStateException(settings.device() + ": the source is closed");
        if (limit == 0) return 0;
        if (ended) return END;
        if (filterChanged) {
            filterChanged = false;
            attach(EVERYTHING); // the program that libpcap has may pass less; it is not safe to call it from elsewhere
        }
        int handed = 0;
        try {
            while (handed < limit && next(packet)) {
                handed++;
                handler.onPacket(packet);
            }
        } finally {
            delivery.publish();
        }
        return handed == 0 && stopping ? drain() : handed;
    }

    /** libpcap lets in what comes until it is closed; what came before the stop is there after its timeout. */
    private int drain() {
        if (stopNanos == 0) stopNanos = System.nanoTime() | 1; // any instant but the sign of none
        if (System.nanoTime() - stopNanos < Math.min(2 * settings.latency().toNanos(), DRAIN_NANOS)) {
            LockSupport.parkNanos(SLEEP_NANOS);
            return 0;
        }
        ended = true;
        return END;
    }

    private boolean next(Packet view) throws IOException {
        while (true) {
            int answer = capture.next();
            if (answer == 0) return false;
            if (answer < 0) throw new DeviceException(Reason.GONE, settings.device() + ": " + capture.text(answer));
            int captured = Math.min(capture.capturedLength(), LiveSettings.LONGEST_SNAPLEN);
            capture.copyTo(memory);
            long fraction = nanoseconds ? capture.fraction() : capture.fraction() * 1_000L;
            long epochNanos = capture.seconds() * NANOS_PER_SECOND + fraction;
            view.moveTo(memory, 0, captured, capture.originalLength(), epochNanos)
                    .linkType(linkType);
            if (delivery.accept(view, false)) return true;
        }
    }

    @Override
    public int pollBatch(BatchHandler handler) throws IOException {
        if (closed) throw new IllegalStateException(settings.device() + ": the source is closed");
        batch.taken = 0;
        int handed = poll(
                packet -> {
                    batch.ready = true;
                    handler.onBatch(batch);
                },
                1);
        return handed > 0 ? batch.taken : handed;
    }

    /** One packet: libpcap shows no more at a time. */
    private final class Batch implements LiveBatch {
        private boolean ready;
        private int taken;

        @Override
        public boolean next(Packet view) {
            if (!ready) return false;
            ready = false;
            taken = 1;
            view.moveTo(memory, 0, packet.capturedLength(), packet.originalLength(), packet.epochNanos())
                    .linkType(linkType)
                    .from(packet.file(), packet.number());
            return true;
        }
    }

    @Override
    public void filter(LiveFilter filter) {
        delivery.filter(filter);
        filterChanged = true;
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public LiveStatistics liveStatistics() throws IOException {
        synchronized (tap) {
            return closed ? last : counted();
        }
    }

    /** libpcap's own counts; on some systems they include what the filter refused. */
    private LiveStatistics counted() throws IOException {
        long[] told = capture.statistics();
        long seen = delivery.delivered() + delivery.filtered();
        long received = Math.max(told[0], seen);
        long left = Math.max(0, received - told[1] - seen);
        return new LiveStatistics(
                received, delivery.delivered(), delivery.filtered(), told[1], told[2], 0, left, 0, delivery.bytes(), 0);
    }

    @Override
    public double ringFill() {
        return 0;
    }

    @Override
    public String fileName(int file) {
        return settings.device();
    }

    @Override
    public SourceStatistics statistics() {
        return delivery.statistics(ended);
    }

    @Override
    public LiveSettings settings() {
        return settings;
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public LiveCapabilities capabilities() {
        return new LiveCapabilities(false, false, false, true, false, false, false, false);
    }

    @Override
    public TimestampSource timestamps() {
        return TimestampSource.HOST;
    }

    @Override
    public String description() {
        return version + (nanoseconds ? ", nanoseconds" : ", microseconds");
    }

    @Override
    public String filterText() {
        return delivery.filter().text();
    }

    @Override
    public void close() throws IOException {
        synchronized (tap) {
            if (closed) return;
            delivery.publish();
            last = counted();
            closed = true;
            capture.close();
            arena.close();
        }
    }
}
