package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.SourceStatistics;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Packets of Ethernet with IPv4 and UDP that nobody sent: a ring filled as the kernel would, read again and again by the code that
 * reads real ones, until there were enough packets or the time is over. {@link Priming} says what for.
 */
final class MadeUpSource implements LiveSource {
    private static final int BLOCK = 1 << 17;
    private static final int BLOCKS = 4;
    private static final int FIRST = TpacketRing.BLOCK_HEADER;
    private static final int BYTES_AT = TpacketRing.HEADER + TpacketRing.HEADROOM + 12;
    private static final int[] LENGTHS = {64, 1514, 594, 64};
    private static final int ETHERTYPE_IPV4 = 0x0800;

    private final LiveSettings settings;
    private final long enough;
    private final long startNanos = System.nanoTime();
    private final long longestNanos;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate((long) BLOCK * BLOCKS, 64);
    private final Packet packet = new Packet();
    private final TpacketRing ring;
    private final Delivery delivery;
    private boolean stopped;
    private boolean closed;

    /** As long as neither {@code enough} packets were handed over nor the time is over. */
    MadeUpSource(LiveSettings settings, long enough, Duration longest) {
        this.settings = settings;
        this.enough = enough;
        longestNanos = longest.toNanos();
        fill(memory);
        ring = new TpacketRing(memory, BLOCK, BLOCKS, LinkType.ETHERNET);
        delivery = new Delivery(settings, LiveFilter.EVERYTHING, false);
    }

    private static void fill(MemorySegment memory) {
        for (int block = 0; block < BLOCKS; block++) {
            long start = (long) block * BLOCK;
            int length = LENGTHS[block];
            int step = BYTES_AT + length + 15 & ~15;
            int packets = (BLOCK - FIRST) / step;
            memory.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_PACKETS, packets);
            memory.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_FIRST, FIRST);
            for (int i = 0; i < packets; i++) fill(memory.asSlice(start + FIRST + (long) i * step, step), length, i);
        }
    }

    private static void fill(MemorySegment place, int length, int number) {
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.NEXT, (int) place.byteSize());
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.SECONDS, 1_700_000_000);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.NANOSECONDS, number);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.CAPTURED, length);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.ORIGINAL, length);
        place.set(ValueLayout.JAVA_SHORT_UNALIGNED, TpacketRing.BYTES_AT, (short) BYTES_AT);
        MemorySegment frame = place.asSlice(BYTES_AT, length);
        put16(frame, 12, ETHERTYPE_IPV4);
        frame.set(ValueLayout.JAVA_BYTE, 14, (byte) 0x45);
        put16(frame, 16, length - 14);
        frame.set(ValueLayout.JAVA_BYTE, 22, (byte) 64);
        frame.set(ValueLayout.JAVA_BYTE, 23, (byte) 17);
        put16(frame, 28, 0x0a00 + (number & 1));
        put16(frame, 32, 0xc0a8);
        put16(frame, 34, 1024 + (number & 0x3ff));
        put16(frame, 36, 53);
        put16(frame, 38, length - 34);
        put16(frame, 42, number);
    }

    private static void put16(MemorySegment frame, long at, int value) {
        frame.set(ValueLayout.JAVA_BYTE, at, (byte) (value >> 8));
        frame.set(ValueLayout.JAVA_BYTE, at + 1, (byte) value);
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        return pollNow(handler, limit);
    }

    @Override
    public int pollNow(PacketHandler handler, int limit) {
        if (closed) throw new IllegalStateException("the source is closed");
        if (limit == 0) return 0;
        if (isOver()) return END;
        if (!ring.isReady()) refill();
        return PacketSocketSource.take(ring, delivery, packet, handler, limit);
    }

    @Override
    public int pollBatch(BatchHandler handler) {
        if (isOver()) return END;
        handler.onBatch(_ -> false);
        return 0;
    }

    private boolean isOver() {
        if (stopped) return true;
        long seen = delivery.delivered();
        return seen >= enough || seen > 0 && System.nanoTime() - startNanos >= longestNanos;
    }

    private void refill() {
        for (int i = 0; i < BLOCKS; i++) {
            memory.set(ValueLayout.JAVA_INT, (long) i * BLOCK + TpacketRing.BLOCK_STATUS, TpacketRing.TO_USER);
        }
    }

    @Override
    public void filter(LiveFilter filter) {
        delivery.filter(filter);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public LiveStatistics liveStatistics() {
        long delivered = delivery.delivered();
        long filtered = delivery.filtered();
        return new LiveStatistics(delivered + filtered, delivered, filtered, 0, 0, 0, 0, 0, delivery.bytes(), 0);
    }

    @Override
    public double ringFill() {
        return 0;
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
        return new LiveCapabilities(false, false, false, false, false, false, false, false);
    }

    @Override
    public TimestampSource timestamps() {
        return TimestampSource.HOST;
    }

    @Override
    public String description() {
        return "made-up packets";
    }

    @Override
    public String filterText() {
        return delivery.filter().text();
    }

    @Override
    public String fileName(int file) {
        return settings.device();
    }

    @Override
    public SourceStatistics statistics() {
        return delivery.statistics(isOver());
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        arena.close();
    }
}
