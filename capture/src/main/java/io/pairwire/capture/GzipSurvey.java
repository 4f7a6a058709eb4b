package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Unpacks {@link Gzip} as {@link GzipDecompressor} does, and tells at which blocks inside a member unpacking could begin: that
 * is what the JDK's zlib does not tell. Slower than that, so only for who wants to know. Of damage it says no more than that
 * there is some.
 */
final class GzipSurvey extends DecompressingChannel {
    /** Compressed bytes from one place that is told to the next, unless somebody says otherwise. */
    static final int SPACING = 1 << 20;

    private static final int WINDOW = 32 << 10;
    private static final int ROOM = WINDOW + (64 << 10);
    private static final int LONGEST_MATCH = 258;
    private static final int END_OF_BLOCK = 256;

    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private enum Part {
        HEADER,
        BLOCK,
        STORED,
        CODES,
        TRAILER,
        END
    }

    private final int spacing;
    private final HuffmanTable literals = new HuffmanTable(288);
    private final HuffmanTable distances = new HuffmanTable(32);
    private final byte[] codeLengths = new byte[320];
    private final CRC32 check = new CRC32();

    // What was unpacked: the last of it may be referred to, what is behind "given" was not handed over yet.
    private final byte[] out = new byte[ROOM + LONGEST_MATCH];
    private int outEnd;
    private int given;

    private long hold;
    private int held;
    private Part part = Part.HEADER;
    private boolean lastBlock;
    private int stored;
    private long members;
    private long memberBytes;
    private long total;
    private long lastTold;

    GzipSurvey(CompressedInput input, int spacing) {
        super(CaptureFormat.GZIP, input);
        this.spacing = spacing;
    }

    @Override
    protected boolean decompress(ByteBuffer target) throws IOException {
        if (given == outEnd) {
            if (part == Part.END) return false;
            if (outEnd >= ROOM) slide();
            step();
        }
        int count = Math.min(target.remaining(), outEnd - given);
        target.put(out, given, count);
        check.update(out, given, count);
        given += count;
        return true;
    }

    private void slide() {
        System.arraycopy(out, outEnd - WINDOW, out, 0, WINDOW);
        outEnd = WINDOW;
        given = WINDOW;
    }

    private void step() throws IOException {
        switch (part) {
            case HEADER -> part = header() ? Part.BLOCK : Part.END;
            case BLOCK -> block();
            case STORED -> stored();
            case CODES -> codes();
            case TRAILER -> trailer();
            case END -> {}
        }
    }

    /** Fetches as many bits as there is room for, if there are any more. */
    private void refill() throws IOException {
        ByteBuffer bytes = input().buffer();
        while (held <= 56) {
            if (!bytes.hasRemaining() && !input().more()) return;
            hold |= (bytes.get() & 0xffL) << held;
            held += 8;
        }
    }

    private int bits(int count) throws IOException {
        if (held < count) refill();
        if (held < count) throw cut();
        int value = (int) (hold & (1L << count) - 1);
        drop(count);
        return value;
    }

    private void drop(int count) {
        hold >>>= count;
        held -= count;
    }

    /** Where the next bit is in the compressed stream, counted in bits. */
    private long bitPosition() {
        return 8 * input().position() - held;
    }

    private boolean header() throws IOException {
        if (held == 0) refill();
        if (held == 0 && members > 0) return false;
        long at = bitPosition() >>> 3;
        int first = bits(8);
        if (members > 0 && first == 0) return false; // padding of a tape
        int magic = first | bits(8) << 8;
        if (magic != Gzip.MAGIC || bits(8) != Gzip.DEFLATE) throw damaged("header is damaged", at);
        restartsAt(at);
        lastTold = at;
        int flags = bits(8);
        if ((flags & Gzip.RESERVED) != 0) throw damaged("flags are reserved", at);
        for (int i = 0; i < 6; i++) bits(8);
        if ((flags & Gzip.EXTRA) != 0) {
            for (int left = bits(8) | bits(8) << 8; left > 0; left--) bits(8);
        }
        if ((flags & Gzip.NAME) != 0) skipText();
        if ((flags & Gzip.COMMENT) != 0) skipText();
        if ((flags & Gzip.HEADER_CHECK) != 0) bits(16);
        members++;
        memberBytes = 0;
        check.reset();
        return true;
    }

    private void skipText() throws IOException {
        while (bits(8) != 0) {}
    }

    private void block() throws IOException {
        long at = bitPosition();
        if ((at >>> 3) - lastTold >= spacing && memberBytes > 0) tell(at);
        lastBlock = bits(1) != 0;
        switch (bits(2)) {
            case 0 -> {
                drop(held & 7);
                stored = bits(16);
                if (bits(16) != (~stored & 0xffff)) throw damaged("stored block is damaged");
                part = Part.STORED;
            }
            case 1 -> {
                fixedCodes();
                part = Part.CODES;
            }
            case 2 -> {
                ownCodes();
                part = Part.CODES;
            }
            default -> throw damaged("block is of no known type");
        }
    }

    /** All that was unpacked is handed over, so the window ends where the block begins. */
    private void tell(long bit) {
        lastTold = bit >>> 3;
        int length = (int) Math.min(Math.min(WINDOW, memberBytes), outEnd);
        byte[] window = Arrays.copyOfRange(out, outEnd - length, outEnd);
        restartsAt(new RestartPoint(total, bit >>> 3, (int) (bit & 7), window));
    }

    private void endBlock() {
        part = lastBlock ? Part.TRAILER : Part.BLOCK;
    }

    private void stored() throws IOException {
        while (stored > 0 && outEnd < ROOM) {
            out[outEnd++] = (byte) bits(8);
            stored--;
            memberBytes++;
            total++;
        }
        if (stored == 0) endBlock();
    }

    private void fixedCodes() {
        Arrays.fill(codeLengths, 0, 144, (byte) 8);
        Arrays.fill(codeLengths, 144, 256, (byte) 9);
        Arrays.fill(codeLengths, 256, 280, (byte) 7);
        Arrays.fill(codeLengths, 280, 288, (byte) 8);
        literals.build(codeLengths, 0, 288, false);
        Arrays.fill(codeLengths, 0, 30, (byte) 5);
        Arrays.fill(codeLengths, 30, 32, (byte) 5);
        distances.build(codeLengths, 0, 32, false);
    }

    private void ownCodes() throws IOException {
        int literalCount = bits(5) + 257;
        int distanceCount = bits(5) + 1;
        int lengthCount = bits(4) + 4;
        if (literalCount > 286 || distanceCount > 30) throw damaged("block has too many codes");
        Arrays.fill(codeLengths, 0, 19, (byte) 0);
        for (int i = 0; i < lengthCount; i++) codeLengths[ORDER[i]] = (byte) bits(3);
        if (!literals.build(codeLengths, 0, 19, false)) throw damaged("codes of a block are damaged");
        int count = literalCount + distanceCount;
        for (int i = 0; i < count; ) {
            int symbol = symbol(literals);
            if (symbol < 16) {
                codeLengths[i++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && i == 0) throw damaged("codes of a block are damaged");
            byte repeated = symbol == 16 ? codeLengths[i - 1] : 0;
            int times = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
            if (times > count - i) throw damaged("codes of a block are damaged");
            Arrays.fill(codeLengths, i, i + times, repeated);
            i += times;
        }
        boolean sound = codeLengths[END_OF_BLOCK] != 0
                && distances.build(codeLengths, literalCount, distanceCount, true)
                && literals.build(codeLengths, 0, literalCount, true);
        if (!sound) throw damaged("codes of a block are damaged");
    }

    private int symbol(HuffmanTable table) throws IOException {
        if (held < HuffmanTable.LONGEST) refill();
        int found = table.quick[(int) hold & (1 << HuffmanTable.QUICK) - 1];
        if (found == 0) found = table.slow(hold);
        int length = found & 15;
        if (length == 0) throw damaged("code is none of the block's");
        if (length > held) throw cut();
        drop(length);
        return found >>> 4;
    }

    private void codes() throws IOException {
        while (outEnd < ROOM) {
            int symbol = symbol(literals);
            if (symbol < END_OF_BLOCK) {
                out[outEnd++] = (byte) symbol;
                memberBytes++;
                total++;
            } else if (symbol == END_OF_BLOCK) {
                endBlock();
                return;
            } else {
                match(symbol - END_OF_BLOCK - 1);
            }
        }
    }

    private void match(int lengthCode) throws IOException {
        if (lengthCode >= LENGTHS.length) throw damaged("length is none");
        int length = LENGTHS[lengthCode] + bits(LENGTH_BITS[lengthCode]);
        int code = symbol(distances);
        if (code >= DISTANCES.length) throw damaged("distance is none");
        int distance = DISTANCES[code] + bits(code < 4 ? 0 : (code >> 1) - 1);
        if (distance > memberBytes) throw damaged("distance reaches before the beginning");
        if (distance >= length) {
            System.arraycopy(out, outEnd - distance, out, outEnd, length);
        } else {
            for (int i = 0; i < length; i++) out[outEnd + i] = out[outEnd + i - distance];
        }
        outEnd += length;
        memberBytes += length;
        total += length;
    }

    private void trailer() throws IOException {
        drop(held & 7);
        int statedCheck = bits(16) | bits(16) << 16;
        int statedLength = bits(16) | bits(16) << 16;
        if (statedCheck != (int) check.getValue() || statedLength != (int) memberBytes) {
            throw damaged("trailer states something else");
        }
        part = Part.HEADER;
    }

    @Override
    protected void release() {
        // Nothing but memory.
    }
}
