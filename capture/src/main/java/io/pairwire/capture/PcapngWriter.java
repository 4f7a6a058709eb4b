package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a pcapng file: one section, little endian, any number of interfaces.
 *
 * <p>A packet stands at the interface that was {@link #describe described} for its file and {@link Packet#interfaceIndex},
 * or else at one that is made for its link type, with nanoseconds. Interfaces keep the resolution of their times if it is
 * a power of ten down to nanoseconds; finer and binary ones become nanoseconds.
 * Allocates nothing per packet without options. Not thread-safe.
 */
public final class PcapngWriter implements CaptureWriter {
    private static final int MOST_NAME_BYTES = 32 << 10;
    private static final int LONGEST_RECORD = 0xffff;

    private final BlockBuffer blocks;
    private final List<WrittenInterface> interfaces = new ArrayList<>();
    private final Map<Integer, InterfaceStatistics> statistics = new TreeMap<>();
    private final PacketOptionWriter optionWriter = new PacketOptionWriter();

    /** By file and number there: what became of an interface, 1 more than its number here; 0 for nothing yet. */
    private int[][] carried = new int[4][0];

    /** By file: how many names, statistics and blocks were carried over. */
    private int[][] progress = new int[4][];

    /** What became of an interface that was described, the last time it came. */
    private final Map<CaptureInterface, Integer> carriedOver = new HashMap<>();

    /** Interfaces that were added and not described. */
    private int[] own = new int[4];

    private int ownCount;
    private long packets;
    private boolean closed;

    /** An interface of this file. */
    private record WrittenInterface(CaptureInterface described, long nanosPerUnit, long offsetNanos, int madeForFile) {}

    /** Writes to a channel in blocking mode, which {@link #close} closes. */
    public PcapngWriter(WritableByteChannel channel, WriteOptions options) {
        blocks = new BlockBuffer(channel);
        try {
            begin(options);
        } catch (IOException e) {
            throw new AssertionError("a header fits the buffer", e);
        }
    }

    private void begin(WriteOptions options) throws IOException {
        blocks.begin(Pcapng.SECTION_HEADER, 16);
        blocks.put32(Pcapng.BYTE_ORDER_MAGIC);
        blocks.put16(1);
        blocks.put16(0);
        blocks.put64(-1); // how long it will be is not known
        for (String comment : options.comments()) blocks.option(OptionCursor.COMMENT, comment);
        blocks.option(Pcapng.SECTION_HARDWARE, options.hardware());
        blocks.option(Pcapng.SECTION_OS, options.os());
        blocks.option(Pcapng.SECTION_APPLICATION, options.application());
        blocks.endOptions();
        blocks.end();
    }

    /**
     * Adds an interface.
     *
     * @return its number in this file, from 0
     */
    public int addInterface(CaptureInterface described) throws IOException {
        int number = add(described, -1);
        if (ownCount == own.length) own = Arrays.copyOf(own, 2 * ownCount);
        own[ownCount++] = number;
        return number;
    }

    private int add(CaptureInterface wanted, int file) throws IOException {
        CaptureInterface described = wanted;
        boolean keepsTime = !wanted.resolution().binary()
                && wanted.resolution().exponent() <= 9
                && Math.abs(wanted.offsetSeconds()) <= 1L << 31;
        if (!keepsTime) described = wanted.timed(TimeResolution.NANOSECONDS, 0);
        blocks.begin(Pcapng.INTERFACE_DESCRIPTION, 8);
        blocks.put16(described.linkType());
        blocks.put16(0);
        blocks.put32(described.snaplen());
        for (String comment : described.comments()) blocks.option(OptionCursor.COMMENT, comment);
        blocks.option(Pcapng.INTERFACE_NAME, described.name());
        blocks.option(Pcapng.INTERFACE_DESCRIPTION_TEXT, described.description());
        if (described.speed() != 0) blocks.option64(Pcapng.INTERFACE_SPEED, described.speed());
        blocks.option8(Pcapng.INTERFACE_RESOLUTION, described.resolution().option());
        if (!described.filter().isEmpty()) blocks.option(Pcapng.INTERFACE_FILTER, "\0" + described.filter());
        blocks.option(Pcapng.INTERFACE_OS, described.os());
        if (described.fcsLength() >= 0) blocks.option8(Pcapng.INTERFACE_FCS_LENGTH, described.fcsLength());
        if (described.offsetSeconds() != 0) blocks.option64(Pcapng.INTERFACE_OFFSET, described.offsetSeconds());
        blocks.option(Pcapng.INTERFACE_HARDWARE, described.hardware());
        blocks.endOptions();
        blocks.end();
        interfaces.add(new WrittenInterface(
                described, described.resolution().nanosPerUnit(), described.offsetSeconds() * 1_000_000_000, file));
        return interfaces.size() - 1;
    }

    /** Interfaces that are the same in several files become one. */
    @Override
    public void describe(int file, CaptureDescription description) throws IOException {
        List<CaptureInterface> there = description.interfaces();
        for (int i = 0; i < there.size(); i++) if (carried(file, i) == 0) carry(file, i, there.get(i));
        int[] done = progress(file);
        for (var list = description.names(); done[0] < list.size(); done[0] = list.size()) {
            write(list.subList(done[0], list.size()));
        }
        for (var list = description.statistics(); done[1] < list.size(); done[1]++) {
            carry(file, list.get(done[1]));
        }
        for (var list = description.blocks(); done[2] < list.size(); done[2]++) {
            if (list.get(done[2]).isCopyable(ByteOrder.LITTLE_ENDIAN)) write(list.get(done[2]));
        }
    }

    private int[] progress(int file) {
        if (file >= progress.length) progress = Arrays.copyOf(progress, Math.max(file + 1, 2 * progress.length));
        if (progress[file] == null) progress[file] = new int[3];
        return progress[file];
    }

    private int carried(int file, int index) {
        return file < carried.length && index < carried[file].length ? carried[file][index] : 0;
    }

    private void carry(int file, int index, CaptureInterface described) throws IOException {
        if (file >= carried.length) {
            int before = carried.length;
            carried = Arrays.copyOf(carried, Math.max(file + 1, 2 * before));
            Arrays.fill(carried, before, carried.length, new int[0]);
        }
        if (index >= carried[file].length)
            carried[file] = Arrays.copyOf(carried[file], Math.max(index + 1, 2 * carried[file].length));
        carried[file][index] = 1 + sameOfAnotherFile(file, described);
    }

    private int sameOfAnotherFile(int file, CaptureInterface described) throws IOException {
        Integer same = carriedOver.get(described);
        if (same != null && interfaces.get(same).madeForFile != file) return same;
        int made = add(described, file);
        carriedOver.put(described, made);
        return made;
    }

    private void carry(int file, InterfaceStatistics counted) throws IOException {
        int here = carried(file, counted.interfaceIndex()) - 1;
        if (here < 0) return;
        write(new InterfaceStatistics(
                here,
                counted.epochNanos(),
                counted.startNanos(),
                counted.endNanos(),
                counted.received(),
                counted.dropped(),
                counted.accepted(),
                counted.droppedBySystem(),
                counted.delivered(),
                counted.comments()));
    }

    /** Sets what {@link #close} will write about an interface of this file; the last one counts. */
    public void statistics(InterfaceStatistics counted) {
        if (counted.interfaceIndex() < 0 || counted.interfaceIndex() >= interfaces.size())
            throw new IllegalArgumentException("no such interface: " + counted.interfaceIndex());
        statistics.put(counted.interfaceIndex(), counted);
    }

    @Override
    public void write(Packet packet) throws IOException {
        write(packet, List.of());
    }

    @Override
    public void write(Packet packet, List<String> comments) throws IOException {
        int number = interfaceOf(packet);
        WrittenInterface at = interfaces.get(number);
        int captured = packet.capturedLength();
        PacketOptions options = packet.options();
        boolean plain = options.isEmpty() && comments.isEmpty();
        if (!packet.hasTime() && number == 0 && plain && isWholeFor(at, packet)) {
            writeSimple(packet);
            return;
        }
        long units = packet.hasTime() ? units(at, packet.epochNanos()) : 0;
        blocks.begin(Pcapng.ENHANCED_PACKET, 20);
        blocks.put32(number);
        blocks.putTime(units);
        blocks.put32(captured);
        blocks.put32(packet.originalLength());
        blocks.put(packet.memory(), packet.start(), captured);
        if (!plain) {
            optionWriter.write(options, blocks);
            for (String comment : comments) blocks.option(OptionCursor.COMMENT, comment);
            blocks.endOptions();
        }
        blocks.end();
        packets++;
    }

    /** Would a reader of a simple packet block find the right captured length? */
    private static boolean isWholeFor(WrittenInterface at, Packet packet) {
        int snaplen = at.described.snaplen();
        int expected = snaplen == 0 ? packet.originalLength() : Math.min(packet.originalLength(), snaplen);
        return expected == packet.capturedLength();
    }

    private void writeSimple(Packet packet) throws IOException {
        blocks.begin(Pcapng.SIMPLE_PACKET, 4);
        blocks.put32(packet.originalLength());
        blocks.put(packet.memory(), packet.start(), packet.capturedLength());
        blocks.end();
        packets++;
    }

    private int interfaceOf(Packet packet) throws IOException {
        int number = carried(packet.file(), packet.interfaceIndex()) - 1;
        if (number >= 0 && interfaces.get(number).described.linkType() == packet.linkType()) return number;
        for (int i = 0; i < ownCount; i++) {
            if (interfaces.get(own[i]).described.linkType() == packet.linkType()) return own[i];
        }
        return addInterface(CaptureInterface.of(packet.linkType(), 0, TimeResolution.NANOSECONDS));
    }

    private static long units(WrittenInterface at, long epochNanos) throws UnsupportedCaptureException {
        long since = epochNanos - at.offsetNanos;
        if (since < 0) {
            throw new UnsupportedCaptureException(
                    CaptureFormat.PCAPNG, "time lies before what the interface can say: " + epochNanos + " ns");
        }
        return since / at.nanosPerUnit;
    }

    /** Writes names that were resolved while capturing. */
    public void write(List<NameRecord> names) throws IOException {
        int next = 0;
        while (next < names.size()) {
            blocks.begin(Pcapng.NAME_RESOLUTION, 0);
            for (int bytes = 0; next < names.size() && bytes < MOST_NAME_BYTES; next++) {
                bytes += writeName(names.get(next));
            }
            blocks.endOptions(); // the end of records looks the same
            blocks.end();
        }
    }

    private int writeName(NameRecord record) throws IOException {
        byte[] address = record.address().getAddress();
        byte[] names = (String.join("\0", record.names()) + "\0").getBytes(StandardCharsets.UTF_8);
        int length = address.length + names.length;
        if (length > LONGEST_RECORD)
            throw new IllegalArgumentException("names of an address take more than 65535 bytes: " + length);
        blocks.option(address.length == 4 ? Pcapng.NAMES_IPV4 : Pcapng.NAMES_IPV6, length);
        blocks.put(ByteBuffer.allocate(length).put(address).put(names).flip());
        return length;
    }

    /**
     * Writes a block as it is.
     *
     * @throws IllegalArgumentException if it has no meaning in this file, see {@link CaptureBlock#isCopyable}
     */
    public void write(CaptureBlock block) throws IOException {
        if (!block.isCopyable(ByteOrder.LITTLE_ENDIAN))
            throw new IllegalArgumentException(
                    "block cannot be copied: type " + Integer.toUnsignedString(block.type()));
        ByteBuffer body = block.body();
        blocks.begin(block.type(), 8);
        if (block.type() == CaptureBlock.DECRYPTION_SECRETS) {
            blocks.put32(body.getInt());
            blocks.put32(body.getInt());
        }
        blocks.put(body);
        blocks.end();
    }

    private void write(InterfaceStatistics counted) throws IOException {
        WrittenInterface at = interfaces.get(counted.interfaceIndex());
        blocks.begin(Pcapng.INTERFACE_STATISTICS, 12);
        blocks.put32(counted.interfaceIndex());
        blocks.putTime(Math.max(counted.epochNanos() - at.offsetNanos, 0) / at.nanosPerUnit);
        for (String comment : counted.comments()) blocks.option(OptionCursor.COMMENT, comment);
        writeTime(Pcapng.STATISTICS_START, counted.startNanos(), at);
        writeTime(Pcapng.STATISTICS_END, counted.endNanos(), at);
        writeCount(Pcapng.STATISTICS_RECEIVED, counted.received());
        writeCount(Pcapng.STATISTICS_DROPPED, counted.dropped());
        writeCount(Pcapng.STATISTICS_ACCEPTED, counted.accepted());
        writeCount(Pcapng.STATISTICS_DROPPED_BY_SYSTEM, counted.droppedBySystem());
        writeCount(Pcapng.STATISTICS_DELIVERED, counted.delivered());
        blocks.endOptions();
        blocks.end();
    }

    private void writeTime(int code, long epochNanos, WrittenInterface at) throws IOException {
        if (epochNanos == Long.MIN_VALUE) return;
        blocks.option(code, 8);
        blocks.putTime(Math.max(epochNanos - at.offsetNanos, 0) / at.nanosPerUnit);
    }

    private void writeCount(int code, long count) throws IOException {
        if (count != -1) blocks.option64(code, count);
    }

    @Override
    public void flush() throws IOException {
        blocks.flush();
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try {
            for (var counted : statistics.values()) write(counted);
        } finally {
            blocks.close();
        }
    }
}
