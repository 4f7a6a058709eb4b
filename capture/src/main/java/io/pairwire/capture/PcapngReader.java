package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads pcapng files, version 1: several sections of either byte order, several interfaces each
 * (<a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>).
 *
 * <pre>
 *  any block                        enhanced packet        packet (obsolete)      simple packet
 *  +-----------------+              +-----------------+    +--------+--------+    +-----------------+
 *  |      type       |              |    interface    |    |interf. | drops  |    | original length |
 *  +-----------------+              +-----------------+    +--------+--------+    +-----------------+
 *  |     length      |  of all      |  time, higher   |    |  time, higher   |    | captured bytes… |
 *  +-----------------+              |  time, lower    |    |  time, lower    |    +-----------------+
 *  | body, padded to |              | captured length |    | captured length |     at the first
 *  | four bytes…     |              | original length |    | original length |     interface, without
 *  +-----------------+              +-----------------+    +-----------------+     a time
 *  |  length again   |              | captured bytes… |    | captured bytes… |
 *  +-----------------+              | options…        |    | options…        |
 * </pre>
 *
 * <p>Blocks that hold no packets are kept in the {@link #description}; what is too much to keep is counted there. Times
 * that no {@code long} can hold become the nearest that is handed over, see {@link TimeResolution#LATEST}. Options that
 * overrun their block are told and left out; every other damage ends the reading, or begins the search for the next block.
 */
public final class PcapngReader extends RecordReader {
    /** Sections, and interfaces of all sections, in a file. */
    static final int MOST = PcapngSections.MOST;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_PACKET = 16 << 20;

    private final PcapngDescription description = new PcapngDescription();
    private final PcapngSections sections = new PcapngSections();
    private final OptionCursor options = new OptionCursor();
    private PcapngSection section;
    private boolean swapped;

    private PacketStretches stretches = PacketStretches.NONE;

    /** Where the last block begins that was whole, but said something impossible. */
    private long soundAt = -1;

    /** Up to here blocks without packets were taken in; what comes again after a seek is passed over. */
    private long known;

    /** Takes over a window whose next byte is the first of the file. */
    PcapngReader(StreamWindow window, ReadOptions options, DamageListener listener) throws IOException {
        super(window, options, listener);
        section = new PcapngSection(0, false);
        if (!window.fill(Pcapng.SECTION_FRAME)) {
            int length = window.available();
            throw length == 0
                    ? damaged(DamageKind.EMPTY, "empty")
                    : damaged(DamageKind.CUT_HEADER, "section header cut after " + length + " bytes");
        }
        if (type() != Pcapng.SECTION_HEADER) {
            throw damaged(DamageKind.BAD_MAGIC, String.format("not pcapng: begins with block type %08x", type()));
        }
        passBlock(type());
    }

    /** Opens a file and reads its first header. */
    public static PcapngReader open(Path path) throws IOException {
        return open(FileChannel.open(path, StandardOpenOption.READ), PcapReader.BUFFER_LENGTH);
    }

    /**
     * Reads the first header from a channel in blocking mode, which {@link #close} closes, as does a failure here.
     *
     * @param bufferLength bytes read at once, from 1; grows for a block that is longer
     */
    public static PcapngReader open(ReadableByteChannel channel, int bufferLength) throws IOException {
        if (bufferLength < 1) throw new IllegalArgumentException("bufferLength is below 1: " + bufferLength);
        try {
            var window = new StreamWindow(channel, bufferLength);
            return new PcapngReader(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public CaptureDescription description() {
        return description.get();
    }

    // One branch that always goes the same way is cheaper than a layout that is not a constant.
    private static int ordered(int value, boolean swapped) {
        return swapped ? Integer.reverseBytes(value) : value;
    }

    /** A number of the block at which the window stands. */
    private int u32(int at) {
        return ordered(window.memory().get(U32, window.at() + at), swapped);
    }

    private int type() {
        return u32(0);
    }

    private ByteOrder order() {
        return swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    boolean read(Packet packet) throws IOException {
        while (true) {
            StreamWindow window = this.window;
            if (window.available() < Pcapng.FRAME && !window.fill(Pcapng.FRAME)) {
                int length = window.available();
                if (length == 0) return false;
                throw damaged(DamageKind.CUT_RECORD, "block cut after " + length + " bytes");
            }
            int type = type();
            switch (type) {
                case Pcapng.ENHANCED_PACKET -> {
                    readPacket(packet, true);
                    return true;
                }
                case Pcapng.SIMPLE_PACKET -> {
                    readSimple(packet);
                    return true;
                }
                case Pcapng.PACKET -> {
                    readPacket(packet, false);
                    return true;
                }
                default -> passBlock(type);
            }
        }
    }

    private void readPacket(Packet packet, boolean enhanced) throws IOException {
        boolean swapped = this.swapped;
        int length = wholeBlock(Pcapng.PACKET_FRAME);
        MemorySegment memory = window.memory();
        int at = window.at();
        int first = memory.get(U32, at + 8);
        int number = ordered(first, swapped);
        int drops = PacketOptions.NO_DROPS;
        if (!enhanced) {
            number = swapped ? Short.reverseBytes((short) first) & 0xffff : first & 0xffff;
            drops = swapped ? Short.reverseBytes((short) (first >>> 16)) & 0xffff : first >>> 16;
        }
        long time = (long) ordered(memory.get(U32, at + 12), swapped) << 32
                | Integer.toUnsignedLong(ordered(memory.get(U32, at + 16), swapped));
        int captured = ordered(memory.get(U32, at + 20), swapped);
        int original = ordered(memory.get(U32, at + 24), swapped);
        if (captured < 0 || captured > length - Pcapng.PACKET_FRAME) throw lyingLength(captured, length);
        PcapngSection section = this.section;
        if (Integer.compareUnsigned(number, section.count()) >= 0) throw unknownInterface(number);
        PcapngInterface described = section.get(number);
        long nanos = described.epochNanos(time);
        packet.moveTo(memory, at + 28, captured, original < 0 ? Integer.MAX_VALUE : original, nanos)
                .linkType(described.linkType)
                .interfaceIndex(described.index)
                .from(packet.file(), ++this.number);
        if (nanos == TimeResolution.LATEST || nanos == TimeResolution.EARLIEST) described.tellBeyond(packet, time);
        if (drops != PacketOptions.NO_DROPS) packet.legacyDrops(drops);
        int padded = Pcapng.padded(captured);
        int optionsLength = length - Pcapng.PACKET_FRAME - padded;
        if (optionsLength > 0) readOptions(packet, at + 28 + padded, optionsLength);
        recordPosition = window.position();
        window.skip(length);
    }

    private void readOptions(Packet packet, int at, int length) {
        options.moveTo(packet.memory(), at, length, order());
        while (options.next()) {}
        if (options.overran()) tellOverrun(options.position() - window.at());
        packet.options(at, (int) (options.position() - at), order());
    }

    private void tellOverrun(long at) {
        report(
                DamageKind.OPTIONS_OVERRUN,
                window.position() + at,
                "option reaches past the end of its block",
                window.position() + u32(4));
    }

    private void readSimple(Packet packet) throws IOException {
        int length = wholeBlock(Pcapng.SIMPLE_PACKET_FRAME);
        int original = u32(8);
        if (section.count() == 0) throw unknownInterface(0);
        PcapngInterface described = section.get(0);
        int captured = original;
        if (described.snaplen != 0 && Integer.compareUnsigned(captured, described.snaplen) > 0)
            captured = described.snaplen;
        if (captured < 0 || captured > length - Pcapng.SIMPLE_PACKET_FRAME) throw lyingLength(captured, length);
        packet.moveTo(window.memory(), window.at() + 12, captured, original < 0 ? Integer.MAX_VALUE : original, 0)
                .untimed()
                .linkType(described.linkType)
                .interfaceIndex(described.index)
                .from(packet.file(), ++number);
        recordPosition = window.position();
        window.skip(length);
    }

    /** The length of the block here, once all of it is in memory and has proved to be a block. */
    private int wholeBlock(int shortest) throws IOException {
        int length = u32(4);
        if (length < shortest || length > LONGEST_PACKET || (length & 3) != 0) throw lyingBlock(length);
        if (window.available() < length && !window.fill(length)) throw cutBlock(length);
        if (u32(length - 4) != length) throw badTrailer(length, u32(length - 4));
        return length;
    }

    private MalformedCaptureException lyingBlock(int length) {
        return damaged(
                DamageKind.LENGTH_LIES,
                "block of type " + Integer.toUnsignedString(type()) + " cannot be " + Integer.toUnsignedString(length)
                        + " bytes long");
    }

    private MalformedCaptureException lyingLength(int captured, int length) {
        soundAt = window.position();
        return damaged(
                DamageKind.LENGTH_LIES,
                "captured length " + Integer.toUnsignedString(captured) + " does not fit a block of " + length
                        + " bytes");
    }

    private MalformedCaptureException cutBlock(long length) {
        return damaged(DamageKind.CUT_RECORD, "block cut after " + window.available() + " of " + length + " bytes");
    }

    private MalformedCaptureException badTrailer(long length, int trailer) {
        return damaged(
                DamageKind.BAD_TRAILER,
                "block of " + length + " bytes ends with length " + Integer.toUnsignedString(trailer));
    }

    private MalformedCaptureException unknownInterface(int number) {
        soundAt = window.position();
        return damaged(
                DamageKind.UNKNOWN_INTERFACE,
                "interface " + Integer.toUnsignedString(number) + " is not described, the section has "
                        + section.count());
    }

    /** Takes in a block that holds no packet, or passes over it. */
    private void passBlock(int type) throws IOException {
        if (type == Pcapng.SECTION_HEADER) {
            beginSection();
            return;
        }
        long position = window.position();
        long length = Integer.toUnsignedLong(u32(4));
        if (length < Pcapng.FRAME || (length & 3) != 0) throw lyingBlock((int) length);
        if (position < known || length > PcapngDescription.LONGEST_BLOCK) {
            // Whoever searches behind damages must not follow a length that may be one, past all that is left.
            boolean lies = type == Pcapng.INTERFACE_DESCRIPTION || !endsAtDamage();
            if (position >= known && lies) throw lyingBlock((int) length);
            passUnread(position, length);
            return;
        }
        int whole = wholeBlock(Pcapng.FRAME);
        if (type == Pcapng.INTERFACE_DESCRIPTION) addInterface(whole);
        else if (description.take(block(position, whole), type, section)) tellOverrun(description.overrunAt());
        known = position + whole;
        window.skip(whole);
    }

    private MemorySegment block(long position, int length) {
        return window.memory().asSlice(window.at(), length);
    }

    /** Passes over a block of any length without keeping it in memory. */
    private void passUnread(long position, long length) throws IOException {
        boolean fresh = position >= known;
        long there = window.skipFully(length - 4);
        if (there < length - 4 || !window.fill(4)) {
            throw new MalformedCaptureException(
                    DamageKind.CUT_RECORD,
                    position,
                    "block cut after " + (there + window.available()) + " of " + length + " bytes");
        }
        if (Integer.toUnsignedLong(u32(0)) != length) {
            throw new MalformedCaptureException(
                    DamageKind.BAD_TRAILER,
                    position,
                    "block of " + length + " bytes ends with length " + Integer.toUnsignedString(u32(0)));
        }
        window.skip(4);
        if (fresh) {
            description.leaveOut();
            known = position + length;
        }
    }

    private void beginSection() throws IOException {
        if (!window.fill(Pcapng.SECTION_FRAME)) {
            throw damaged(DamageKind.CUT_HEADER, "section header cut after " + window.available() + " bytes");
        }
        long position = window.position();
        int mark = window.memory().get(U32, window.at() + 8);
        boolean order = mark != Pcapng.BYTE_ORDER_MAGIC;
        if (order && Integer.reverseBytes(mark) != Pcapng.BYTE_ORDER_MAGIC) {
            throw damaged(
                    DamageKind.BAD_MAGIC,
                    String.format("section has byte-order mark %08x", Integer.reverseBytes(mark)));
        }
        boolean before = swapped;
        swapped = order;
        try {
            int length = u32(4);
            if (length > PcapngDescription.LONGEST_BLOCK) throw lyingBlock(length);
            length = wholeBlock(Pcapng.SECTION_FRAME);
            int major = u16(12);
            if (major != 1) {
                throw new MalformedCaptureException(
                        DamageKind.BAD_VERSION, position, "pcapng version is not 1.x: " + major + "." + u16(14));
            }
            if (position < known) {
                section = sections.at(position);
            } else {
                if (sections.isFull()) throw damaged(DamageKind.TOO_MANY, "more than " + MOST + " sections");
                section = new PcapngSection(position, order);
                sections.add(section);
                known = position + length;
                if (description.begin(block(position, length), section)) tellOverrun(description.overrunAt());
            }
            window.skip(length);
        } catch (MalformedCaptureException e) {
            swapped = before;
            throw e;
        }
    }

    private int u16(int at) {
        short value = window.memory().get(U16, window.at() + at);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    private void addInterface(int length) throws IOException {
        if (length < Pcapng.INTERFACE_FRAME) throw lyingBlock(length);
        if (description.interfaceCount() == MOST)
            throw damaged(DamageKind.TOO_MANY, "more than " + MOST + " interfaces");
        if (description.addInterface(block(window.position(), length), section)) tellOverrun(description.overrunAt());
    }

    @Override
    public void stretches(PacketStretches known) {
        stretches = known;
    }

    /** Going forwards passes over what lies between, as there may be sections and interfaces. */
    @Override
    void goTo(long position) throws IOException {
        known = Math.max(known, window.position());
        section = sections.at(Math.min(position, known));
        swapped = section.swapped;
        window.seek(Math.min(position, known));
        while (window.position() < position) {
            long packetsUntil = stretches.end(window.position());
            if (packetsUntil > window.position()) {
                window.seek(Math.min(packetsUntil, position));
                continue;
            }
            if (!window.fill(Pcapng.FRAME)) throw cutBlock(Pcapng.FRAME);
            int type = type();
            switch (type) {
                case Pcapng.ENHANCED_PACKET, Pcapng.PACKET, Pcapng.SIMPLE_PACKET -> {
                    window.skip(wholeBlock(Pcapng.SIMPLE_PACKET_FRAME));
                }
                default -> passBlock(type);
            }
        }
    }

    @Override
    void reattach(StreamWindow other, long position, long number) throws IOException {
        known = Math.max(known, window.position());
        super.reattach(other, position, number);
    }

    @Override
    boolean isWhole() {
        int from = 0;
        while (window.available() - from >= Pcapng.FRAME) {
            int type = u32(from);
            int length = u32(from + 4);
            boolean packet = type == Pcapng.ENHANCED_PACKET || type == Pcapng.SIMPLE_PACKET || type == Pcapng.PACKET;
            if (type == Pcapng.SECTION_HEADER) return false; // the byte order behind it is not known yet
            boolean lies = length >= 0 && length < Pcapng.FRAME
                    || packet && (length < 0 || length > LONGEST_PACKET)
                    || (length & 3) != 0;
            if (lies) return endsAtDamage();
            if (length < 0 || length > window.available() - from) return false;
            if (packet) return true;
            from += length;
        }
        return false;
    }

    @Override
    int soundLength() {
        return soundAt == window.position() ? u32(4) : 0;
    }

    @Override
    boolean isRecordHere() throws IOException {
        return PcapngSearch.isBlockHere(window, swapped);
    }
}
