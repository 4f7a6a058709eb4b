package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.platform.Affinity;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Packets from a packet socket of Linux with a {@link TpacketRing}. */
final class PacketSocketSource implements LiveSource {
    private static final long LONGEST_WAIT_NANOS = 20_000_000;
    private static final long DRAIN_NANOS = 500_000_000;
    private static final long LOOK_NANOS = 1_000_000;
    private static final int BUSY = 64; // of 80 to 700 in a block that is full
    private static final int FASTEST_BYTES_PER_NANO = 2;

    private final LiveSettings settings;
    private final PacketSocket socket;
    private final TpacketRing ring;
    private final Waiting waiting;
    private final Delivery delivery;
    private final Packet packet = new Packet();
    private final Batch batch = new Batch();
    private final Object tap = new Object();
    private final long lostBefore;
    private boolean pinned;
    private boolean shut;
    private long shutNanos;
    private long settledAt = -1;
    private boolean gone;
    private volatile long outages;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile LiveStatistics last = LiveStatistics.NONE;

    private PacketSocketSource(LiveSettings settings, PacketSocket socket) throws IOException {
        this.settings = settings;
        this.socket = socket;
        ring = socket.ring();
        long sleepNanos = Waiting.sleepNanos(settings, socket.ringBytes() / FASTEST_BYTES_PER_NANO);
        waiting = new Waiting(socket.socket().descriptor(), ring::isReady, LONGEST_WAIT_NANOS, sleepNanos, BUSY);
        LiveFilter filter = settings.filters().apply(socket.linkType());
        boolean asksAll = socket.asksAll(filter);
        delivery = new Delivery(settings, filter, asksAll);
        lostBefore = NetworkDevices.lost(settings.device());
    }

    static PacketSocketSource open(LiveSettings settings) throws IOException {
        if (settings.cpu() < 0) return opened(settings);
        var before = Affinity.get();
        Affinity.pin(settings.cpu()); // the kernel takes memory at the node of the processor that asks
        try {
            return opened(settings);
        } finally {
            Affinity.set(before);
        }
    }

    private static PacketSocketSource opened(LiveSettings settings) throws IOException {
        PacketSocket socket = PacketSocket.open(settings);
        PacketSocketSource source;
        try {
            source = new PacketSocketSource(settings, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        try {
            socket.begin(socket.program(source.delivery.filter(), source.delivery.asksAll()));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
        return source;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int handed = pollNow(handler, limit);
        if (handed != 0 || limit == 0 || stopping || gone) return handed;
        await();
        return take(handler, limit);
    }

    @Override
    public int pollNow(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        begin();
        if (limit == 0) return 0;
        if (ended) return END;
        int handed = take(handler, limit);
        return handed == 0 && (stopping || gone) ? drain() : handed;
    }

    @Override
    public int pollBatch(BatchHandler handler) throws IOException {
        begin();
        if (ended) return END;
        if (!ring.isReady()) {
            if (stopping || gone) return drain();
            await();
            if (!ring.isReady()) return 0;
        }
        batch.taken = 0;
        batch.began = false;
        try {
            handler.onBatch(batch);
        } finally {
            ring.release();
            delivery.publish();
        }
        waiting.worked(batch.taken);
        return batch.taken;
    }

    private void begin() throws SystemCallException {
        if (closed) throw new IllegalStateException(settings.device() + ": the source is closed");
        if (pinned || settings.cpu() < 0) return;
        Affinity.pin(settings.cpu());
        pinned = true;
    }

    private int take(PacketHandler handler, int limit) {
        int handed = take(ring, delivery, packet, handler, limit);
        waiting.worked(handed);
        return handed;
    }

    /** Hands over what lies in a ring; the one way of packets that has to be fast from the first one on: {@link Priming}. */
    static int take(TpacketRing ring, Delivery delivery, Packet packet, PacketHandler handler, int limit) {
        int handed = 0;
        try {
            while (handed < limit && ring.next(packet)) {
                if (!delivery.accept(packet, ring.tagRestored())) continue;
                handed++;
                handler.onPacket(packet);
            }
        } finally {
            ring.release();
            delivery.publish();
        }
        return handed;
    }

    /** What the kernel passed on and is ready, up to the end of one block, so that all of it is valid together. */
    private final class Batch implements LiveBatch {
        private boolean began;
        private int taken;

        @Override
        public boolean next(Packet view) {
            while (!(began && ring.left() == 0) && ring.next(view)) {
                began = true;
                if (!delivery.accept(view, ring.tagRestored())) continue;
                taken++;
                return true;
            }
            return false;
        }
    }

    private void await() throws IOException {
        if (waiting.await()) lookAtError();
    }

    /** An interface that goes down may come up again, and the socket with it. */
    private void lookAtError() throws IOException {
        int error = socket.pendingError();
        if (error == 0) return;
        if (error != Errno.ENETDOWN) {
            throw Refusals.opening(settings, new SystemCallException("packet socket", error));
        }
        outages++;
        gone = !settings.isAny()
                && NetworkDevices.all().stream()
                        .map(NetworkDevice::index)
                        .noneMatch(index -> index == socket.interfaceIndex());
    }

    /**
     * Lets nothing more in, and waits until all that the kernel has counted was handed over: the block that it still fills
     * comes with its timer.
     */
    private int drain() throws IOException {
        shut();
        LiveStatistics now = liveStatistics();
        long missing = missing(now);
        boolean settled = missing <= 0 && settledAt == now.received();
        settledAt = missing <= 0 ? now.received() : -1;
        if (!settled && System.nanoTime() - shutNanos < DRAIN_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS); // also for packets that another processor is just putting into the ring
            return 0;
        }
        ended = true;
        if (!gone) return END;
        throw new DeviceException(DeviceException.Reason.GONE, settings.device() + ": the interface went away");
    }

    private void shut() throws SystemCallException {
        synchronized (tap) {
            if (shut) return;
            shut = true;
            shutNanos = System.nanoTime();
            socket.attach(KernelProgram.NOTHING);
        }
    }

    @Override
    public void filter(LiveFilter filter) throws IOException {
        synchronized (tap) {
            delivery.filter(filter);
            if (!shut && !closed) socket.attach(socket.program(filter, true));
        }
    }

    @Override
    public void stop() throws IOException {
        stopping = true;
        waiting.wake();
    }

    @Override
    public LiveStatistics liveStatistics() throws IOException {
        return closed ? last : liveStatistics(0);
    }

    /** Packets that the kernel has counted and nobody has seen. */
    private static long missing(LiveStatistics now) {
        return now.received() - now.droppedKernel() - now.delivered() - now.filtered() - now.droppedApplication();
    }

    private LiveStatistics liveStatistics(long left) throws IOException {
        LiveStatistics kernel = socket.count();
        return new LiveStatistics(
                kernel.received(),
                delivery.delivered(),
                delivery.filtered(),
                kernel.droppedKernel(),
                Math.max(0, NetworkDevices.lost(settings.device()) - lostBefore),
                ring.damaged(),
                left,
                kernel.freezes(),
                delivery.bytes(),
                outages);
    }

    @Override
    public double ringFill() {
        return closed ? 0 : (double) ring.readyBlocks() / ring.blocks();
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
        return socket.linkType();
    }

    @Override
    public LiveCapabilities capabilities() {
        boolean hardware = socket.stampsInHardware();
        return new LiveCapabilities(hardware, false, true, true, true, false, settings.cpu() >= 0, false);
    }

    @Override
    public TimestampSource timestamps() {
        return socket.stampsInHardware() ? TimestampSource.ADAPTER : TimestampSource.HOST;
    }

    @Override
    public String description() {
        return "packet socket, TPACKET_V3, ring of " + (socket.ringBytes() >> 10) + " KiB in " + ring.blocks()
                + " blocks" + socket.place();
    }

    @Override
    public String filterText() {
        return delivery.filter().text();
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        shut();
        last = liveStatistics(Math.max(0, missing(liveStatistics())));
        closed = true;
        try {
            waiting.close();
        } finally {
            socket.close();
        }
    }
}
