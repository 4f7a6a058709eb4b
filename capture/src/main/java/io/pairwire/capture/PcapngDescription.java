package io.pairwire.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the blocks without packets say. What it keeps is bounded: names, statistics, blocks and texts together take
 * about {@value #BUDGET} bytes at most; what does not fit is counted.
 */
final class PcapngDescription {
    /** A longer block is not looked into. */
    static final int LONGEST_BLOCK = 4 << 20;

    private static final int BUDGET = 8 << 20;

    /** What an object takes besides its text, roughly. */
    private static final int OVERHEAD = 160;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final OptionCursor cursor = new OptionCursor();
    private final List<CaptureSection> sections = new ArrayList<>();
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<NameRecord> names = new ArrayList<>();
    private final List<InterfaceStatistics> statistics = new ArrayList<>();
    private final List<CaptureBlock> blocks = new ArrayList<>();
    private long leftOut;
    private int budget = BUDGET;
    private long overrunAt;
    private @Nullable CaptureDescription told;

    CaptureDescription get() {
        CaptureDescription now = told;
        if (now == null) {
            now = new CaptureDescription(
                    CaptureFormat.PCAPNG, sections, interfaces, names, statistics, blocks, leftOut);
            told = now;
        }
        return now;
    }

    int interfaceCount() {
        return interfaces.size();
    }

    /** Where in the block the option began that {@code true} told of. */
    long overrunAt() {
        return overrunAt;
    }

    /** Counts something that was passed over. */
    void leaveOut() {
        leftOut++;
        told = null;
    }

    private boolean keep(long bytes) {
        told = null;
        if (bytes + OVERHEAD > budget) {
            leftOut++;
            return false;
        }
        budget -= (int) bytes + OVERHEAD;
        return true;
    }

    private static int u32(MemorySegment block, int at, PcapngSection section) {
        int value = block.get(U32, at);
        return section.swapped ? Integer.reverseBytes(value) : value;
    }

    private static int u16(MemorySegment block, int at, PcapngSection section) {
        short value = block.get(U16, at);
        return (section.swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    private static ByteOrder order(PcapngSection section) {
        return section.swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private OptionCursor options(MemorySegment block, int from, PcapngSection section) {
        return cursor.moveTo(block, from, block.byteSize() - from - 4, order(section));
    }

    /** Ends a walk over options: did one overrun? */
    private boolean overran() {
        overrunAt = cursor.position();
        return cursor.overran();
    }

    /** Takes in a section header. True if an option overran, as for all blocks. */
    boolean begin(MemorySegment block, PcapngSection section) {
        boolean kept = keep(block.byteSize());
        String hardware = "";
        String os = "";
        String application = "";
        var comments = new ArrayList<String>();
        var walk = options(block, 24, section);
        while (walk.next()) {
            if (!kept) continue;
            switch (walk.code()) {
                case OptionCursor.COMMENT -> comments.add(walk.text());
                case Pcapng.SECTION_HARDWARE -> hardware = walk.text();
                case Pcapng.SECTION_OS -> os = walk.text();
                case Pcapng.SECTION_APPLICATION -> application = walk.text();
                default -> {}
            }
        }
        long length = Integer.toUnsignedLong(u32(block, section.swapped ? 20 : 16, section))
                | (long) u32(block, section.swapped ? 16 : 20, section) << 32;
        sections.add(new CaptureSection(
                section.position,
                order(section),
                u16(block, 12, section),
                u16(block, 14, section),
                length < 0 ? -1 : length,
                hardware,
                os,
                application,
                comments));
        return overran();
    }

    /** Takes in an interface description, for the section too. */
    boolean addInterface(MemorySegment block, PcapngSection section) {
        boolean kept = keep(block.byteSize());
        int linkType = u16(block, 8, section);
        int snaplen = u32(block, 12, section);
        var resolution = TimeResolution.MICROSECONDS;
        long offset = 0;
        int fcsLength = -1;
        long speed = 0;
        String[] texts = {"", "", "", "", ""};
        var comments = new ArrayList<String>();
        var walk = options(block, 16, section);
        while (walk.next()) {
            if (walk.is(Pcapng.INTERFACE_RESOLUTION, 1)) resolution = TimeResolution.of(walk.u8());
            else if (walk.is(Pcapng.INTERFACE_OFFSET, 8)) offset = walk.u64();
            else if (walk.is(Pcapng.INTERFACE_FCS_LENGTH, 1)) fcsLength = walk.u8();
            else if (walk.is(Pcapng.INTERFACE_SPEED, 8)) speed = walk.u64();
            else if (kept && walk.code() == OptionCursor.COMMENT) comments.add(walk.text());
            else if (kept) addText(walk, texts);
        }
        section.add(new PcapngInterface(interfaces.size(), linkType, snaplen, resolution, offset));
        interfaces.add(new CaptureInterface(
                linkType,
                snaplen < 0 ? Integer.MAX_VALUE : snaplen,
                resolution,
                offset,
                fcsLength,
                speed,
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                comments));
        return overran();
    }

    private static void addText(OptionCursor option, String[] texts) {
        switch (option.code()) {
            case Pcapng.INTERFACE_NAME -> texts[0] = option.text();
            case Pcapng.INTERFACE_DESCRIPTION_TEXT -> texts[1] = option.text();
            case Pcapng.INTERFACE_FILTER -> {
                // The first byte says how the filter is written; only text can be shown.
                if (option.is(Pcapng.INTERFACE_FILTER, 1) && option.u8() == 0) texts[2] = text(option.value(1));
            }
            case Pcapng.INTERFACE_HARDWARE -> texts[3] = option.text();
            case Pcapng.INTERFACE_OS -> texts[4] = option.text();
            default -> {}
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Takes in any other block. */
    boolean take(MemorySegment block, int type, PcapngSection section) {
        return switch (type) {
            case Pcapng.NAME_RESOLUTION -> addNames(block, section);
            case Pcapng.INTERFACE_STATISTICS -> addStatistics(block, section);
            default -> {
                if (keep(block.byteSize())) {
                    byte[] body = new byte[(int) block.byteSize() - Pcapng.FRAME];
                    MemorySegment.copy(block, ValueLayout.JAVA_BYTE, Pcapng.BLOCK_HEADER, body, 0, body.length);
                    blocks.add(new CaptureBlock(type, order(section), ByteBuffer.wrap(body)));
                }
                yield false;
            }
        };
    }

    private boolean addNames(MemorySegment block, PcapngSection section) {
        int at = Pcapng.BLOCK_HEADER;
        int end = (int) block.byteSize() - 4;
        while (end - at >= 4) {
            int type = u16(block, at, section);
            int length = u16(block, at + 2, section);
            if (type == Pcapng.NAMES_END) return false;
            if (end - at - 4 < length) {
                overrunAt = at;
                return true;
            }
            if (type == Pcapng.NAMES_IPV4) addName(block, at + 4, 4, length);
            else if (type == Pcapng.NAMES_IPV6) addName(block, at + 4, 16, length);
            else leaveOut();
            at += 4 + Math.min(Pcapng.padded(length), end - at - 4);
        }
        return false;
    }

    private void addName(MemorySegment block, int at, int addressLength, int length) {
        if (length <= addressLength || !keep(2L * length)) return;
        byte[] address = new byte[addressLength];
        byte[] text = new byte[length - addressLength];
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, at, address, 0, addressLength);
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, at + addressLength, text, 0, text.length);
        var found = new ArrayList<String>();
        for (String name : new String(text, StandardCharsets.UTF_8).split("\0")) if (!name.isEmpty()) found.add(name);
        if (!found.isEmpty()) names.add(new NameRecord(address(address), found));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == 4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address of " + bytes.length + " bytes", e); // lengths are 4 and 16
        }
    }

    private boolean addStatistics(MemorySegment block, PcapngSection section) {
        int number = block.byteSize() < Pcapng.STATISTICS_FRAME ? -1 : u32(block, 8, section);
        if (number < 0 || number >= section.count() || !keep(block.byteSize())) {
            if (number < 0 || number >= section.count()) leaveOut();
            return false;
        }
        PcapngInterface described = section.get(number);
        long time = (long) u32(block, 12, section) << 32 | Integer.toUnsignedLong(u32(block, 16, section));
        long start = Long.MIN_VALUE;
        long end = Long.MIN_VALUE;
        long[] counts = {-1, -1, -1, -1, -1};
        var comments = new ArrayList<String>();
        var walk = options(block, 20, section);
        while (walk.next()) {
            int code = walk.code();
            if (code == OptionCursor.COMMENT) comments.add(walk.text());
            else if (walk.is(Pcapng.STATISTICS_START, 8)) start = described.epochNanos(walk.time());
            else if (walk.is(Pcapng.STATISTICS_END, 8)) end = described.epochNanos(walk.time());
            else if (code >= Pcapng.STATISTICS_RECEIVED && code <= Pcapng.STATISTICS_DELIVERED && walk.length() >= 8)
                counts[code - Pcapng.STATISTICS_RECEIVED] = walk.u64();
        }
        statistics.add(new InterfaceStatistics(
                described.index,
                described.epochNanos(time),
                start,
                end,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                comments));
        return overran();
    }
}
