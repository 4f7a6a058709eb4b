package io.pairwire.capture.index;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.PcapReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The packets of an indexed capture by their numbers, in any order and however large the capture is: a stretch of it is mapped
 * at a time. A compressed one is unpacked from its restart points instead.
 *
 * <p>One thread uses a view. A packet it shows is valid until the next call. The capture must not be cut while it is mapped:
 * the operating system then fails the read with an {@link InternalError}.
 */
public final class CaptureView implements Closeable {
    /** Bytes mapped at once, unless somebody says otherwise. */
    public static final long WINDOW = 64 << 20;

    private final CaptureIndex index;
    private final CaptureReader reader;
    private final Packet packet = new Packet();

    /** Number of the packet shown, 0 before the first. */
    private long shown;

    private @Nullable IndexSegment segment;
    private ByteBuffer chunks = ByteBuffer.allocate(0);

    private CaptureView(CaptureIndex index, CaptureReader reader) {
        this.index = index;
        this.reader = reader;
    }

    /** A view of the capture that the index belongs to. */
    public static CaptureView of(CaptureIndex index) throws IOException {
        return of(index, WINDOW);
    }

    /** @param window bytes mapped at once, 4,096 to 1 GB; more for a longer record */
    public static CaptureView of(CaptureIndex index, long window) throws IOException {
        CaptureReader reader = index.isPacked()
                ? CaptureFormat.open(new RestartChannel(index), PcapReader.BUFFER_LENGTH)
                : CaptureFormat.map(FileChannel.open(index.capture(), StandardOpenOption.READ), window);
        reader.stretches(index.stretches());
        return new CaptureView(index, reader);
    }

    /** Packets of the capture, up to its end or the damage that ends it. */
    public long packets() {
        return index.packets();
    }

    /** What the capture says about itself, as far as it was looked at. */
    public CaptureDescription description() {
        return reader.description();
    }

    /**
     * Shows a packet; the same view each time.
     *
     * @param number from 1 to {@link #packets}
     * @throws IndexOutOfBoundsException if there is no such packet
     */
    public Packet packet(long number) throws IOException {
        if (number < 1 || number > index.packets()) {
            throw new IndexOutOfBoundsException("packet " + number + " of " + index.packets());
        }
        long from = chunkNumber(number);
        if (shown < from || shown >= number) {
            reader.seek(chunkPosition(number), from);
            shown = from - 1;
        }
        while (shown < number) advance();
        return packet;
    }

    private void advance() throws IOException {
        if (!reader.next(packet)) throw new IOException(index.capture() + ": is shorter than its index says");
        shown = packet.number();
    }

    /** Shows packets that follow each other, both ends inside. */
    public void forEach(long first, long last, PacketHandler handler) throws IOException {
        if (first > last) return;
        if (last > index.packets()) throw new IndexOutOfBoundsException("packet " + last + " of " + index.packets());
        handler.onPacket(packet(first));
        for (long left = last - first; left > 0; left--) {
            advance();
            handler.onPacket(packet);
        }
    }

    /** Shows packets that the query may mean, more than those rather than fewer; in the order of the file. */
    public void forEach(PacketQuery query, PacketHandler handler) throws IOException {
        PacketPicks picks = index.picks(query);
        while (picks.next()) {
            if (picks.number() != shown + 1) reader.seek(picks.position(), picks.number());
            for (long left = picks.count(); left > 0; left--) {
                advance();
                handler.onPacket(packet);
            }
        }
    }

    private long chunkNumber(long number) throws IOException {
        load(number);
        return chunks.getLong(chunk(number) + Long.BYTES);
    }

    private long chunkPosition(long number) throws IOException {
        load(number);
        return chunks.getLong(chunk(number));
    }

    /** Where in {@link #chunks} the one begins that holds the packet. */
    private int chunk(long number) {
        int low = 0;
        int high = chunks.limit() / IndexSegment.CHUNK - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (chunks.getLong(middle * IndexSegment.CHUNK + Long.BYTES) <= number) low = middle;
            else high = middle - 1;
        }
        return low * IndexSegment.CHUNK;
    }

    private void load(long number) throws IOException {
        IndexSegment there = segment;
        if (there != null && number >= there.firstNumber() && number <= there.lastNumber()) return;
        for (IndexSegment each : index.segments()) {
            if (number > each.lastNumber()) continue;
            try (var channel = FileChannel.open(index.file(), StandardOpenOption.READ)) {
                chunks = ByteBuffer.wrap(index.chunks(channel, each)).order(ByteOrder.LITTLE_ENDIAN);
            }
            segment = each;
            return;
        }
        throw new IndexOutOfBoundsException("packet " + number);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
