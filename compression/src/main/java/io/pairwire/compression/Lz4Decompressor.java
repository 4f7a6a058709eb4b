package io.pairwire.compression;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.DecompressingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHashFactory;

/** Unpacks {@link Lz4}, frame after frame, and checks what each states. */
final class Lz4Decompressor extends DecompressingChannel {

    private enum Part {
        MAGIC,
        BLOCK_LENGTH,
        PACKED,
        PLAIN,
        BLOCK_CHECK,
        END
    }

    private final StreamingXXHash32 contentCheck = XXHashFactory.safeInstance().newStreamingHash32(0);
    private final StreamingXXHash32 blockCheck = XXHashFactory.safeInstance().newStreamingHash32(0);
    private final Lz4Sequences sequences = new Lz4Sequences();
    private Part part = Part.MAGIC;
    private boolean legacy;
    private int flags;
    private int longestBlock;
    private long contentLength;
    private long frameBytes;
    private int left;

    Lz4Decompressor(CompressedInput input) {
        super(CaptureFormat.LZ4, input);
    }

    /** The check of a frame's descriptor: eight bits from the middle of its hash. */
    static int headerCheck(byte[] bytes, int from, int length) {
        return XXHashFactory.safeInstance().hash32().hash(bytes, from, length, 0) >> 8 & 0xff;
    }

    @Override
    protected boolean decompress(ByteBuffer target) throws IOException {
        switch (part) {
            case MAGIC -> part = frame();
            case BLOCK_LENGTH -> part = legacy ? legacyBlock() : block();
            case PACKED, PLAIN -> unpack(target);
            case BLOCK_CHECK -> {
                long at = input().position();
                if (readInt() != blockCheck.getValue()) throw damaged("block has another check than it states", at);
                part = Part.BLOCK_LENGTH;
            }
            case END -> {}
        }
        return part != Part.END;
    }

    private int readInt() throws IOException {
        if (!input().require(Integer.BYTES)) throw cut();
        return input().buffer().getInt();
    }

    private Part frame() throws IOException {
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        if (!input.require(1)) return Part.END;
        if (!input.require(Integer.BYTES)) throw cut();
        long at = input.position();
        int magic = bytes.getInt(bytes.position());
        if (SkippableFrame.isMagic(magic)) {
            if (!SkippableFrame.skip(input)) throw cut();
            return Part.MAGIC;
        }
        legacy = magic == Lz4.LEGACY_MAGIC;
        if (!legacy && magic != Lz4.MAGIC) throw damaged("stream is followed by something else", at);
        restartsAt(at);
        bytes.getInt();
        sequences.beginFrame();
        contentCheck.reset();
        frameBytes = 0;
        flags = Lz4.INDEPENDENT;
        longestBlock = Lz4.LEGACY_BLOCK;
        if (!legacy) descriptor();
        return Part.BLOCK_LENGTH;
    }

    private void descriptor() throws IOException {
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        if (!input.require(2)) throw cut();
        long at = input.position();
        flags = bytes.get(bytes.position()) & 0xff;
        int code = bytes.get(bytes.position() + 1) & 0xff;
        if ((flags & Lz4.VERSION_MASK) != Lz4.VERSION) throw damaged("frame is of an unknown version", at);
        if ((flags & Lz4.RESERVED) != 0 || (code & 0x8f) != 0) throw damaged("frame has reserved bits set", at);
        if (code >> 4 < 4) throw damaged("frame has an unknown length of blocks", at + 1);
        longestBlock = 1 << 2 * (code >> 4) + 8;
        boolean hasLength = (flags & Lz4.CONTENT_LENGTH) != 0;
        int length = 2 + (hasLength ? Long.BYTES : 0) + ((flags & Lz4.DICTIONARY) != 0 ? Integer.BYTES : 0);
        if (!input.require(length + 1)) throw cut();
        contentLength = hasLength ? bytes.getLong(bytes.position() + 2) : -1;
        int computed = headerCheck(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        int stated = bytes.get(bytes.position() + length) & 0xff;
        if (computed != stated) throw damaged("frame header has another check than it states", at);
        if ((flags & Lz4.DICTIONARY) != 0) throw damaged("frame wants a dictionary", at);
        bytes.position(bytes.position() + length + 1);
    }

    private Part block() throws IOException {
        long at = input().position();
        int length = readInt();
        if (length == 0) {
            endFrame();
            return Part.MAGIC;
        }
        left = length & ~Lz4.PLAIN;
        if (left > longestBlock) throw damaged("block is longer than its frame allows: " + left, at);
        begin();
        return (length & Lz4.PLAIN) == 0 ? Part.PACKED : Part.PLAIN;
    }

    /** A legacy frame ends where the stream does, or where the next frame begins. */
    private Part legacyBlock() throws IOException {
        CompressedInput input = input();
        if (!input.require(1)) return Part.END;
        if (!input.require(Integer.BYTES)) throw cut();
        long at = input.position();
        int length = input.buffer().getInt(input.buffer().position());
        if (length == Lz4.MAGIC || length == Lz4.LEGACY_MAGIC || SkippableFrame.isMagic(length)) return Part.MAGIC;
        if (length <= 0 || length > Lz4.LEGACY_BLOCK + Lz4.LEGACY_BLOCK / 255 + 16) {
            throw damaged("stream is followed by something else", at);
        }
        left = readInt();
        begin();
        return Part.PACKED;
    }

    private void begin() {
        sequences.beginBlock(longestBlock, (flags & Lz4.INDEPENDENT) != 0);
        blockCheck.reset();
    }

    private void unpack(ByteBuffer target) throws IOException {
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        if (left > 0 && !bytes.hasRemaining() && !input.more()) throw cut();
        int room = Math.min(sequences.makeRoom(), target.remaining());
        int start = sequences.end();
        int from = bytes.arrayOffset() + bytes.position();
        int available = Math.min(left, bytes.remaining());
        int used;
        String damage;
        if (part == Part.PLAIN) {
            used = Math.min(available, room);
            damage = sequences.copy(bytes.array(), from, used) ? "" : "block is longer than its frame allows";
        } else {
            damage = sequences.unpack(bytes.array(), from, from + available, start + room);
            used = sequences.at() - from;
        }
        if ((flags & Lz4.BLOCK_CHECK) != 0) blockCheck.update(bytes.array(), from, used);
        bytes.position(bytes.position() + used);
        left -= used;
        int count = sequences.end() - start;
        if ((flags & Lz4.CONTENT_CHECK) != 0) contentCheck.update(sequences.window(), start, count);
        target.put(sequences.window(), start, count);
        frameBytes += count;
        if (!damage.isEmpty()) throw damaged(damage);
        if (left == 0 && count < room) endBlock();
    }

    private void endBlock() throws IOException {
        if (part == Part.PACKED && !sequences.isComplete()) throw damaged("block ends inside a sequence");
        part = (flags & Lz4.BLOCK_CHECK) != 0 ? Part.BLOCK_CHECK : Part.BLOCK_LENGTH;
    }

    private void endFrame() throws IOException {
        long at = input().position();
        if ((flags & Lz4.CONTENT_CHECK) != 0 && readInt() != contentCheck.getValue()) {
            throw damaged("frame has another check than it states", at);
        }
        if (contentLength >= 0 && contentLength != frameBytes) {
            throw damaged("frame has another length than it states", at);
        }
    }

    @Override
    protected void release() {
        contentCheck.close();
        blockCheck.close();
    }
}
