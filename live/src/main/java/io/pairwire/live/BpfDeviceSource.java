package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.platform.DeviceCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Packets from a BPF device of macOS: whole buffers of them with each read, which waits by itself. */
final class BpfDeviceSource implements LiveSource {
    private static final List<BpfInstruction> NOTHING = KernelProgram.NOTHING;

    private final LiveSettings settings;
    private final BpfDevice device;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final BpfDeviceBuffer buffer;
    private final Delivery delivery;
    private final Packet packet = new Packet();
    private final Batch batch = new Batch();
    private final Object tap = new Object();
    private boolean shut;
    private long dropped;
    private int lastDropped;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile LiveStatistics last = LiveStatistics.NONE;

    private BpfDeviceSource(LiveSettings settings, BpfDevice device) throws IOException {
        this.settings = settings;
        this.device = device;
        memory = arena.allocate(device.bufferBytes(), 64);
        buffer = new BpfDeviceBuffer(memory, device.linkType());
        LiveFilter filter = settings.filters().apply(device.linkType());
        delivery = new Delivery(settings, filter, !filter.kernelIsExact());
        device.attach(program(filter, !filter.kernelIsExact()), false);
    }

    static LiveSource open(LiveSettings settings, DeviceCalls calls) throws IOException {
        BpfDevice device = BpfDevice.open(settings, calls);
        try {
            return new BpfDeviceSource(settings, device);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    private List<BpfInstruction> program(LiveFilter filter, boolean asksAll) {
        int snaplen = asksAll ? LiveSettings.LONGEST_SNAPLEN : settings.snaplen();
        if (filter.kernel().isEmpty()) return List.of(BpfInstruction.of(Bpf.RET, snaplen));
        return filter.kernel().get().instructions().stream()
                .map(instruction -> KernelProgram.cut(instruction, snaplen))
                .toList();
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        begin();
        if (limit == 0) return 0;
        if (ended) return END;
        if (!buffer.hasMore() && !fill()) return ended ? END : 0;
        return take(handler, limit);
    }

    /** A device waits as long as it was told when it was opened: not longer than the latency. */
    @Override
    public int pollNow(PacketHandler handler, int limit) throws IOException {
        return poll(handler, limit);
    }

    private void begin() {
        if (closed) throw new IllegalStateException(settings.device() + ": the source is closed");
    }

    /** Reads the next buffer; nothing more comes once a read is empty after the stop. */
    private boolean fill() throws IOException {
        if (stopping) shut();
        boolean last = shut;
        long length = device.read(memory);
        buffer.filled(length);
        if (length == 0 && last) ended = true;
        return length > 0;
    }

    private void shut() throws IOException {
        synchronized (tap) {
            if (shut) return;
            shut = true;
            device.attach(NOTHING, true); // and what was let in before stays
        }
    }

    private int take(PacketHandler handler, int limit) {
        int handed = 0;
        try {
            while (handed < limit && buffer.next(packet)) {
                if (!delivery.accept(packet, false)) continue;
                handed++;
                handler.onPacket(packet);
            }
        } finally {
            delivery.publish();
        }
        return handed;
    }

    @Override
    public int pollBatch(BatchHandler handler) throws IOException {
        begin();
        if (ended) return END;
        if (!buffer.hasMore() && !fill()) return ended ? END : 0;
        batch.taken = 0;
        try {
            handler.onBatch(batch);
        } finally {
            delivery.publish();
        }
        return batch.taken;
    }

    /** What is left of one buffer. */
    private final class Batch implements LiveBatch {
        private int taken;

        @Override
        public boolean next(Packet view) {
            while (buffer.next(view)) {
                if (!delivery.accept(view, false)) continue;
                taken++;
                return true;
            }
            return false;
        }
    }

    @Override
    public void filter(LiveFilter filter) throws IOException {
        synchronized (tap) {
            delivery.filter(filter);
            if (!shut && !closed) device.attach(program(filter, true), true);
        }
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

    /** The device also counts as received what its program refused, so only its losses are used; they have 32 bits and go round. */
    private LiveStatistics counted() throws IOException {
        int told = device.dropped();
        dropped += Integer.toUnsignedLong(told - lastDropped);
        lastDropped = told;
        long seen = delivery.delivered() + delivery.filtered() + buffer.damaged();
        return new LiveStatistics(
                seen + dropped,
                delivery.delivered(),
                delivery.filtered(),
                dropped,
                0,
                buffer.damaged(),
                0,
                0,
                delivery.bytes(),
                0);
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
        return device.linkType();
    }

    @Override
    public LiveCapabilities capabilities() {
        return new LiveCapabilities(false, false, true, true, false, false, false, false);
    }

    @Override
    public TimestampSource timestamps() {
        return TimestampSource.HOST;
    }

    @Override
    public String description() {
        return "BPF device, buffer of " + (device.bufferBytes() >> 10) + " KiB";
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
            try {
                device.close();
            } finally {
                arena.close();
            }
        }
    }
}
