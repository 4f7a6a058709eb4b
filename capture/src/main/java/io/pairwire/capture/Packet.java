package io.pairwire.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One captured packet, seen in place: a window onto a read buffer, a mapped file or a pooled buffer.
 *
 * <p>The window moves. A {@code Packet} handed to a {@link PacketHandler} is valid until the handler returns. Not
 * thread-safe; one view belongs to one reader. Positions are bytes from the start of the packet; multi-byte accessors
 * read network byte order unless their name says otherwise. Reading outside the memory throws
 * {@link IndexOutOfBoundsException}; reading past {@link #capturedLength()} inside a larger memory sees the neighbour's
 * bytes, so a header is checked once before it is read.
 */
public final class Packet {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort LITTLE_U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LITTLE_U32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LITTLE_U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private int capturedLength;
    private int originalLength;
    private long epochNanos;
    private int linkType;
    private int file;
    private long number;
    private boolean timed = true;
    private boolean beyond;
    private long timeUnits;
    private TimeResolution timeResolution = TimeResolution.NANOSECONDS;
    private long timeOffsetSeconds;
    private int interfaceIndex;
    private int optionsLength;
    private long optionsStart;
    private ByteOrder optionsOrder = ByteOrder.LITTLE_ENDIAN;
    private int legacyDrops = PacketOptions.NO_DROPS;

    /** Whose records these bytes are with the header before them, see {@link PcapFormat#style}; 0 for nobody's. */
    private int recordStyle;

    private @Nullable PacketOptions options;

    /** A view onto nothing; {@link #moveTo} gives it a packet. */
    public Packet() {}

    /** Moves the window to a packet with a time and without options; link type, file, interface and number stay. */
    public Packet moveTo(MemorySegment memory, long start, int capturedLength, int originalLength, long epochNanos) {
        this.memory = memory;
        this.start = start;
        this.capturedLength = capturedLength;
        this.originalLength = originalLength;
        this.epochNanos = epochNanos;
        timed = true;
        beyond = false;
        optionsLength = 0;
        legacyDrops = PacketOptions.NO_DROPS;
        recordStyle = 0;
        return this;
    }

    /** Says that nobody knows when the packet was captured. */
    public Packet untimed() {
        epochNanos = 0;
        timed = false;
        recordStyle = 0;
        return this;
    }

    /** Says that the time is one of those that {@link #epochNanos} only comes near to. */
    Packet beyond(long units, TimeResolution resolution, long offsetSeconds) {
        beyond = true;
        timeUnits = units;
        timeResolution = resolution;
        timeOffsetSeconds = offsetSeconds;
        return this;
    }

    /** Shows no more than the first {@code length} captured bytes, as a snapshot length would have left it. */
    public Packet cut(int length) {
        if (length < 0) throw new IllegalArgumentException("length is negative: " + length);
        if (length >= capturedLength) return this;
        capturedLength = length;
        recordStyle = 0;
        return this;
    }

    /** Sets the number of the interface, which counts through all sections of the file. */
    public Packet interfaceIndex(int interfaceIndex) {
        this.interfaceIndex = interfaceIndex;
        return this;
    }

    /** Says where in {@link #memory()} the options of the packet's block lie, already checked. */
    Packet options(long start, int length, ByteOrder order) {
        optionsStart = start;
        optionsLength = length;
        optionsOrder = order;
        return this;
    }

    /** Says that the bytes and the header before them are a record as a writer of that style writes it. */
    Packet record(int style) {
        recordStyle = style;
        return this;
    }

    /** Packets lost before this one, as the header of an obsolete packet block tells it. */
    Packet legacyDrops(int drops) {
        legacyDrops = drops;
        return this;
    }

    /** Says where the packet comes from: the index of its file in the source and its number there, from 1. */
    public Packet from(int file, long number) {
        this.file = file;
        this.number = number;
        return this;
    }

    /** Sets the link type, a {@link LinkType} number. */
    public Packet linkType(int linkType) {
        this.linkType = linkType;
        return this;
    }

    /** Bytes that were captured and may be read. */
    public int capturedLength() {
        return capturedLength;
    }

    /** Bytes that were on the wire; more than {@link #capturedLength()} if a snapshot length cut the packet. */
    public int originalLength() {
        return originalLength;
    }

    /** Time of capture, nanoseconds since 1970-01-01T00:00:00Z; 0 if it is not known. */
    public long epochNanos() {
        return epochNanos;
    }

    /** Is the time of capture known? Not so for the simple packet blocks of pcapng. */
    public boolean hasTime() {
        return timed;
    }

    /** Is the time further away than {@link #epochNanos} can tell, see {@link TimeResolution#LATEST}? */
    public boolean isTimeBeyond() {
        return beyond;
    }

    /** Time of capture as the file tells it, rounded down to nanoseconds since 1970, however far away. */
    public BigInteger exactNanos() {
        return beyond ? timeResolution.exactNanos(timeUnits, timeOffsetSeconds) : BigInteger.valueOf(epochNanos);
    }

    /** The interface it was captured at, counted from 0 through all sections of its file; 0 where a format knows none. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Comments, flags and whatever else stands beside the packet; the same view each time, moved by this call. */
    public PacketOptions options() {
        PacketOptions view = options;
        if (view == null) {
            view = new PacketOptions();
            options = view;
        }
        return view.moveTo(memory, optionsStart, optionsLength, optionsOrder, legacyDrops);
    }

    /**
     * Is this packet, with the {@value PcapFormat#RECORD_HEADER} bytes in front of it in {@link #memory()}, a record that
     * such a file may hold as it is? Says no once the view was moved or cut, or where a header is not as we write it.
     */
    public boolean isRecordOf(PcapFormat format) {
        return recordStyle != 0
                && recordStyle == format.style()
                && linkType == format.linkType()
                && capturedLength <= format.snaplen();
    }

    /** Link type as in the registry of tcpdump.org; see {@link LinkType}. */
    public int linkType() {
        return linkType;
    }

    /** Index of the packet's file in its source, from 0. */
    public int file() {
        return file;
    }

    /** Number of the packet in its file, from 1. */
    public long number() {
        return number;
    }

    /** The memory the window lies on, for copies; the packet begins at {@link #start()}. */
    public MemorySegment memory() {
        return memory;
    }

    /** Where the packet begins in {@link #memory()}, bytes. */
    public long start() {
        return start;
    }

    public int u8(int at) {
        return memory.get(U8, start + at) & 0xff;
    }

    public int u16(int at) {
        return memory.get(U16, start + at) & 0xffff;
    }

    /** Four bytes as an int; use {@link Integer#toUnsignedLong} where the value may exceed 2^31. */
    public int u32(int at) {
        return memory.get(U32, start + at);
    }

    public long u64(int at) {
        return memory.get(U64, start + at);
    }

    /** Two bytes in little-endian order, for headers that use it. */
    public int littleU16(int at) {
        return memory.get(LITTLE_U16, start + at) & 0xffff;
    }

    /** Four bytes in little-endian order: for headers that use it, and for hashing. */
    public int littleU32(int at) {
        return memory.get(LITTLE_U32, start + at);
    }

    /** Eight bytes in little-endian order, for hashing. */
    public long littleU64(int at) {
        return memory.get(LITTLE_U64, start + at);
    }
}
