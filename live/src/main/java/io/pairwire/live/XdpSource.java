package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.live.DeviceException.Reason;
import io.pairwire.memory.Pause;
import io.pairwire.platform.Affinity;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.xdp.ReceiveQueues;
import io.pairwire.platform.xdp.XdpCounters;
import io.pairwire.platform.xdp.XdpMode;
import io.pairwire.platform.xdp.XdpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Packets that an XDP program takes from an interface before the network stack sees them, through AF_XDP sockets, one on each
 * queue. What it takes nobody else gets; what its filter does not want goes on to the stack. Packets are stamped when they are handed
 * over, as the kernel gives no times beside them, and always begin with an Ethernet header.
 */
public final class XdpSource implements LiveSource {
    private static final long LONGEST_WAIT_NANOS = 20_000_000;
    private static final long SETTLE_NANOS = 5_000_000;
    private static final long LOOK_NANOS = 500_000;
    private static final int BUSY = 2; // the kernel wakes for each packet
    private static final long FASTEST_NANOS_PER_PACKET = 100;

    private final LiveSettings settings;
    private final XdpTap tap;
    private final List<Integer> queues;
    private final XdpSocket[] sockets;
    private final Waiting waiting;
    private final Delivery delivery;
    private final HostClock clock = new HostClock();
    private final Packet packet = new Packet();
    private final Batch batch = new Batch();
    private final long lostBefore;
    private int turn;
    private boolean pinned;
    private long quietSince;
    private volatile boolean shut;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile LiveStatistics last = LiveStatistics.NONE;

    private XdpSource(LiveSettings settings, XdpSettings xdp, XdpTap tap, List<Integer> queues, int sharers)
            throws IOException {
        this.settings = settings;
        this.tap = tap;
        this.queues = queues;
        var opened = new ArrayList<XdpSocket>();
        Waiting made = null;
        boolean done = false;
        try {
            for (int queue : queues) opened.add(tap.open(queue, sharers));
            sockets = opened.toArray(XdpSocket[]::new);
            var watched = opened.stream().map(XdpSocket::watched).toList();
            long sleepNanos = Waiting.sleepNanos(settings, sockets[0].receiveFrames() * FASTEST_NANOS_PER_PACKET);
            waiting = made = new Waiting(watched, this::isReady, LONGEST_WAIT_NANOS, sleepNanos, BUSY);
            delivery = new Delivery(
                    settings,
                    settings.filters().apply(LinkType.ETHERNET),
                    !xdp.filter().isExact());
            lostBefore = NetworkDevices.lost(settings.device());
            done = true;
        } finally {
            if (!done) {
                if (made != null) made.close();
                closeAll(opened, tap);
            }
        }
    }

    /**
     * Takes packets from the queues of an interface, all handed over by this one source.
     *
     * @throws DeviceException saying what is missing and what helps
     */
    public static XdpSource open(LiveSettings settings, XdpSettings xdp) throws IOException {
        NetworkDevice device = device(settings);
        int count = ReceiveQueues.count(device.name());
        List<Integer> queues = queues(xdp, count);
        XdpTap tap = new XdpTap(device, settings, xdp, count, Pause.PARK);
        try {
            return new XdpSource(settings, xdp, tap, queues, queues.size());
        } catch (IOException | RuntimeException e) {
            tap.closeIfUnused();
            throw e;
        }
    }

    /**
     * The same with a source for each queue, so that each can be polled by a thread of its own. The kernel or the card puts all
     * packets of a flow into one queue.
     */
    public static List<XdpSource> openEach(LiveSettings settings, XdpSettings xdp) throws IOException {
        NetworkDevice device = device(settings);
        int count = ReceiveQueues.count(device.name());
        List<Integer> queues = queues(xdp, count);
        XdpTap tap = new XdpTap(device, settings, xdp, count, Pause.PARK);
        var sources = new ArrayList<XdpSource>();
        try {
            for (int queue : queues) sources.add(new XdpSource(settings, xdp, tap, List.of(queue), queues.size()));
            return sources;
        } catch (IOException | RuntimeException e) {
            for (XdpSource source : sources) source.close();
            tap.closeIfUnused();
            throw e;
        }
    }

    private static NetworkDevice device(LiveSettings settings) throws IOException {
        if (settings.isAny()) {
            throw new DeviceException(Reason.NOT_SUPPORTED, "any: AF_XDP captures from one interface; name it");
        }
        if (settings.direction() == Direction.OUT) {
            throw new DeviceException(
                    Reason.NOT_SUPPORTED, settings.device() + ": AF_XDP sees only packets that come in");
        }
        return Refusals.find(settings);
    }

    private static List<Integer> queues(XdpSettings xdp, int count) {
        return xdp.queues().isEmpty() ? IntStream.range(0, count).boxed().toList() : xdp.queues();
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int handed = pollNow(handler, limit);
        if (handed != 0 || limit == 0 || stopping) return handed;
        waiting.await();
        return take(handler, limit);
    }

    @Override
    public int pollNow(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        begin();
        if (limit == 0) return 0;
        if (ended) return END;
        int handed = take(handler, limit);
        return handed == 0 && stopping ? drain() : handed;
    }

    @Override
    public int pollBatch(BatchHandler handler) throws IOException {
        begin();
        if (ended) return END;
        if (!isReady()) {
            if (stopping) return drain();
            waiting.await();
            if (!isReady()) return 0;
        }
        batch.taken = 0;
        try {
            handler.onBatch(batch);
        } finally {
            release(batch.taken);
        }
        return batch.taken;
    }

    private void begin() throws IOException {
        if (closed) throw new IllegalStateException(settings.device() + ": the source is closed");
        if (pinned || settings.cpu() < 0) return;
        Affinity.pin(settings.cpu());
        pinned = true;
    }

    private int take(PacketHandler handler, int limit) {
        int handed = 0;
        try {
            for (int i = 0; i < sockets.length && handed < limit; i++) {
                while (handed < limit && next(sockets[turn], packet)) {
                    handed++;
                    handler.onPacket(packet);
                }
                if (handed < limit)
                    turn = turn + 1 == sockets.length ? 0 : turn + 1; // the next time another one is first
            }
        } finally {
            release(handed);
        }
        return handed;
    }

    /** The next wanted packet of a queue. */
    private boolean next(XdpSocket socket, Packet view) {
        while (socket.next()) {
            int length = socket.packetLength();
            view.moveTo(socket.packetMemory(), socket.packetAt(), length, length, clock.epochNanos())
                    .linkType(LinkType.ETHERNET);
            if (delivery.accept(view, false)) return true;
        }
        return false;
    }

    private void release(int handed) {
        for (XdpSocket socket : sockets) socket.release();
        delivery.publish();
        waiting.worked(handed);
    }

    private boolean isReady() {
        for (XdpSocket socket : sockets) if (socket.isReady()) return true;
        return false;
    }

    /** What is ready on all queues. */
    private final class Batch implements LiveBatch {
        private int taken;

        @Override
        public boolean next(Packet view) {
            for (XdpSocket socket : sockets) {
                if (!XdpSource.this.next(socket, view)) continue;
                taken++;
                return true;
            }
            return false;
        }
    }

    /** A packet may be on its way into a ring on another processor when the map no longer leads here. */
    private int drain() throws IOException {
        if (!shut) {
            shut = true;
            tap.shut(queues);
            quietSince = System.nanoTime();
        }
        if (System.nanoTime() - quietSince < SETTLE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
            return 0;
        }
        ended = true;
        return END;
    }

    /**
     * Takes what the filter accepts from all that comes, since it has no program for XDP: use {@link #filter(LiveFilter,
     * XdpFilter)} to leave the rest to the network stack.
     */
    @Override
    public void filter(LiveFilter filter) throws IOException {
        filter(filter, XdpFilter.EVERYTHING);
    }

    /** Changes both parts of the filter; all sources of the interface share the second. */
    public void filter(LiveFilter filter, XdpFilter program) throws IOException {
        delivery.filter(filter);
        tap.replace(program);
    }

    @Override
    public void stop() throws IOException {
        stopping = true;
        waiting.wake();
    }

    @Override
    public LiveStatistics liveStatistics() throws IOException {
        return closed ? last : count(0);
    }

    private LiveStatistics count(long left) throws IOException {
        long lost = 0;
        long full = 0;
        long tooLong = 0;
        for (XdpSocket socket : sockets) {
            XdpCounters counters = socket.counters();
            lost += counters.lost();
            tooLong += socket.tooLong();
            full += counters.ringFull() + counters.fillEmpty();
        }
        long delivered = delivery.delivered();
        long filtered = delivery.filtered();
        return new LiveStatistics(
                delivered + filtered + lost + tooLong + left,
                delivered,
                filtered,
                lost,
                Math.max(0, NetworkDevices.lost(settings.device()) - lostBefore),
                tooLong,
                left,
                full,
                delivery.bytes(),
                0);
    }

    @Override
    public double ringFill() {
        if (closed) return 0;
        double fullest = 0;
        for (XdpSocket socket : sockets)
            fullest = Math.max(fullest, (double) socket.waiting() / socket.receiveFrames());
        return fullest;
    }

    /** Lines that somebody should read: that the traffic is taken, and what was fallen back to. */
    public List<String> notices() {
        return tap.notices();
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
        return LinkType.ETHERNET;
    }

    @Override
    public LiveCapabilities capabilities() {
        return new LiveCapabilities(
                false, isZeroCopy(), true, true, false, tap.mode() == XdpMode.OFFLOAD, settings.cpu() >= 0, false);
    }

    private boolean isZeroCopy() {
        for (XdpSocket socket : sockets) if (!socket.isZeroCopy()) return false;
        return true;
    }

    @Override
    public TimestampSource timestamps() {
        return TimestampSource.HOST;
    }

    @Override
    public String description() {
        return "AF_XDP, " + tap.mode().name().toLowerCase(Locale.ROOT) + " mode, "
                + (isZeroCopy() ? "zero-copy" : "copy") + ", " + (queues.size() == 1 ? "queue " : "queues ") + queues
                + " with " + sockets[0].receiveFrames() + " frames each"
                + " in " + sockets[0].pages().text();
    }

    @Override
    public String filterText() {
        return delivery.filter().text();
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        tap.shut(queues);
        long left = 0;
        for (XdpSocket socket : sockets) left += socket.waiting();
        last = count(left);
        closed = true;
        try {
            waiting.close();
        } finally {
            closeAll(List.of(sockets), tap);
        }
    }

    private static void closeAll(List<XdpSocket> sockets, XdpTap tap) throws IOException {
        for (XdpSocket socket : sockets) {
            try {
                socket.close();
            } finally {
                tap.leave();
            }
        }
    }
}
