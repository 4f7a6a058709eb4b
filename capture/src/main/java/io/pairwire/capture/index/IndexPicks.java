package io.pairwire.capture.index;

import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.PacketStretches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** What an index finds for a query, segment by segment: no more than one is in memory. */
final class IndexPicks implements PacketPicks {
    private static final System.Logger LOG = System.getLogger(IndexPicks.class.getName());

    /** Where more than one packet in so many may match, all are read: jumping would cost more. */
    private static final int DENSE = 6;

    /** Bits of a pick that tell its place; the others, above, tell its number in the segment. */
    private static final int PLACE_BITS = 44;

    private final CaptureIndex index;
    private final PacketQuery query;

    private int nextSegment;

    // Runs of the segment: numbers, counts and places, in order.
    private long[] positions = new long[16];
    private long[] numbers = new long[16];
    private long[] counts = new long[16];
    private int runs;
    private int run = -1;

    IndexPicks(CaptureIndex index, PacketQuery query) {
        this.index = index;
        this.query = query;
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        return index.isPacked()
                ? new RestartChannel(index)
                : FileChannel.open(index.capture(), StandardOpenOption.READ);
    }

    @Override
    public long latestNanos() {
        return index.isTimed() ? index.latestNanos() : Long.MIN_VALUE;
    }

    @Override
    public boolean next() throws IOException {
        while (++run >= runs) {
            if (nextSegment == index.segments().size()) {
                run = runs - 1;
                return false;
            }
            runs = 0;
            run = -1;
            IndexSegment segment = index.segments().get(nextSegment++);
            if (query.touches(segment.firstNumber(), segment.lastNumber(), segment.earliest(), segment.latest())) {
                loadOrAll(segment);
            }
        }
        return true;
    }

    /** A damaged index costs time, never packets. */
    private void loadOrAll(IndexSegment segment) throws IOException {
        try {
            load(segment);
        } catch (MalformedCaptureException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
            runs = 0;
            add(segment.firstPosition(), segment.firstNumber(), segment.packets());
        }
    }

    private void load(IndexSegment segment) throws IOException {
        try (var channel = FileChannel.open(index.file(), StandardOpenOption.READ)) {
            byte[] chunks = index.chunks(channel, segment);
            long[] picks = {};
            boolean dense = true;
            if (query.flows().isPresent() && index.kind() == IndexKind.FULL) {
                long at = segment.at() + chunks.length;
                picks = picks(segment, CaptureIndex.read(channel, at, segment.flowBytes() + segment.postingBytes()));
                dense = picks.length > segment.packets() / DENSE;
            }
            var view = ByteBuffer.wrap(chunks).order(ByteOrder.LITTLE_ENDIAN);
            if (dense) addChunks(segment, view);
            else addPicks(segment, view, picks);
        }
    }

    private MalformedCaptureException damaged(IndexSegment segment, String what) {
        return index.damaged(segment, what);
    }

    private static long chunk(ByteBuffer chunks, int chunk, int field) {
        return chunks.getLong(chunk * IndexSegment.CHUNK + field * Long.BYTES);
    }

    private boolean touches(IndexSegment segment, ByteBuffer chunks, int chunk) {
        return query.touches(
                chunk(chunks, chunk, 1),
                end(segment, chunks, chunk) - 1,
                chunk(chunks, chunk, 2),
                chunk(chunks, chunk, 3));
    }

    /** The number behind the last of a chunk. */
    private static long end(IndexSegment segment, ByteBuffer chunks, int chunk) {
        return chunk + 1 < segment.chunks() ? chunk(chunks, chunk + 1, 1) : segment.lastNumber() + 1;
    }

    private void addChunks(IndexSegment segment, ByteBuffer chunks) {
        for (int i = 0; i < segment.chunks(); i++) {
            if (!touches(segment, chunks, i)) continue;
            long number = chunk(chunks, i, 1);
            add(chunk(chunks, i, 0), number, end(segment, chunks, i) - number);
        }
    }

    private void addPicks(IndexSegment segment, ByteBuffer chunks, long[] picks) {
        int chunk = 0;
        int asked = -1;
        boolean touches = false;
        for (long pick : picks) {
            long number = segment.firstNumber() + (pick >>> PLACE_BITS);
            while (end(segment, chunks, chunk) <= number) chunk++;
            if (chunk != asked) touches = touches(segment, chunks, chunk);
            asked = chunk;
            if (touches) add(segment.firstPosition() + (pick & (1L << PLACE_BITS) - 1), number, 1);
        }
    }

    private void add(long position, long number, long count) {
        if (runs > 0 && numbers[runs - 1] + counts[runs - 1] == number) {
            counts[runs - 1] += count;
            return;
        }
        if (runs == positions.length) {
            positions = Arrays.copyOf(positions, 2 * runs);
            numbers = Arrays.copyOf(numbers, 2 * runs);
            counts = Arrays.copyOf(counts, 2 * runs);
        }
        positions[runs] = position;
        numbers[runs] = number;
        counts[runs++] = count;
    }

    /** Number and place of every packet whose flow may match, in order; many more than wanted if that does not help. */
    private long[] picks(IndexSegment segment, byte[] bytes) throws IOException {
        var sum = new CRC32C();
        sum.update(bytes);
        if ((int) sum.getValue() != segment.flowCheck()) {
            throw damaged(segment, "flows have another check than the directory states");
        }
        FlowTest test = query.flows().orElseThrow();
        var scan = new FlowScan(bytes, segment.flowBytes());
        long[] found = new long[64];
        int count = 0;
        int most = segment.packets() / DENSE + 1;
        try {
            for (int i = 0; i < segment.flows() && count < most; i++) {
                boolean wanted = scan.next(test);
                while (scan.hasPacket() && count < most) {
                    scan.packet();
                    if (scan.number() >= segment.packets()) throw new IndexOutOfBoundsException("packet of a flow");
                    if (!wanted) break;
                    if (count == found.length) found = Arrays.copyOf(found, 2 * count);
                    found[count++] = (long) scan.number() << PLACE_BITS | scan.place();
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw (MalformedCaptureException)
                    damaged(segment, "flows contradict themselves").initCause(e);
        }
        long[] picks = Arrays.copyOf(found, count);
        Arrays.sort(picks);
        return picks;
    }

    @Override
    public long position() {
        return positions[run];
    }

    @Override
    public long number() {
        return numbers[run];
    }

    @Override
    public long count() {
        return counts[run];
    }

    @Override
    public long endPosition() {
        return index.header().end();
    }

    @Override
    public long endNumber() {
        return index.packets() + 1;
    }

    @Override
    public long plainLength() {
        return index.header().plainLength();
    }

    @Override
    public PacketStretches stretches() {
        return index.stretches();
    }
}
