package io.pairwire.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.DecompressingChannel;
import io.pairwire.capture.MalformedCaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks {@link Zstd}, frame after frame.
 *
 * <pre>
 *  frame: magic, header, blocks, check        block header, 24 bits, little endian
 *  +----------+----------+---------+----    +-------------------------+--------+------+
 *  | fd2fb528 | 1 to 14  | block … | xxh    |      length, 21 bits    | type 2 | last |
 *  +----------+----------+---------+----    +-------------------------+--------+------+
 * </pre>
 *
 * <p>The library is given one header, block or check at a time. It would take more, but if it then meets damage it does not
 * say how much it had unpacked before.
 */
final class ZstdDecompressor extends DecompressingChannel {
    private static final int MAGIC = 0xfd2fb528;
    private static final int MAGIC_AND_DESCRIPTOR = 5;
    private static final int BLOCK_HEADER = 3;
    private static final int CHECK = 4;
    private static final int TYPE_RLE = 1;
    private static final int TYPE_RESERVED = 3;

    /** What the library is being fed. */
    private enum Piece {
        NONE,
        HEADER,
        BLOCK,
        LAST_BLOCK,
        CHECK
    }

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private Piece piece = Piece.NONE;
    private long pieceAt;
    private int left;
    private boolean checked;

    /** Did the last call leave no room in the target, so that there may be more to come without more input? */
    private boolean more;

    ZstdDecompressor(CompressedInput input) {
        super(CaptureFormat.ZSTD, input);
    }

    @Override
    protected boolean decompress(ByteBuffer target) throws IOException {
        if (left == 0 && !more && !nextPiece()) return false;
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        if (left > 0 && !bytes.hasRemaining() && !input.more()) throw cut();
        int limit = bytes.limit();
        int start = bytes.position();
        bytes.limit(start + Math.min(left, limit - start));
        try {
            context.decompressByteBufferStream(target, bytes);
        } catch (ZstdException e) {
            throw (MalformedCaptureException)
                    damaged("frame is damaged: " + e.getMessage(), pieceAt).initCause(e);
        } finally {
            bytes.limit(limit);
        }
        left -= bytes.position() - start;
        more = !target.hasRemaining();
        return true;
    }

    /** Finds out how long the next piece is; false at the end of the stream. */
    private boolean nextPiece() throws IOException {
        switch (piece) {
            case NONE -> {
                return frame();
            }
            case HEADER, BLOCK -> block();
            case LAST_BLOCK -> {
                piece = checked ? Piece.CHECK : Piece.NONE;
                left = checked ? CHECK : 0;
                pieceAt = input().position();
                return checked || frame();
            }
            case CHECK -> {
                return frame();
            }
        }
        return true;
    }

    private boolean frame() throws IOException {
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        while (input.require(1)) {
            pieceAt = input.position();
            int magic = input.require(Integer.BYTES) ? bytes.getInt(bytes.position()) : 0;
            if (magic == MAGIC) {
                restartsAt(pieceAt);
                header();
                return true;
            }
            if (!SkippableFrame.isMagic(magic)) {
                if (pieceAt + Integer.BYTES > input.bytesRead()) throw cut();
                throw damaged("stream is followed by something else", pieceAt);
            }
            if (!SkippableFrame.skip(input)) throw cut();
        }
        return false;
    }

    /** RFC 8878 §3.1.1.1: the first byte says how long the header is. */
    private void header() throws IOException {
        if (!input().require(MAGIC_AND_DESCRIPTOR)) throw cut();
        int descriptor = input().buffer().get(input().buffer().position() + Integer.BYTES);
        int content = descriptor >> 6 & 0b11;
        boolean single = (descriptor & 1 << 5) != 0;
        int dictionary = descriptor & 0b11;
        checked = (descriptor & 1 << 2) != 0;
        left = MAGIC_AND_DESCRIPTOR
                + (single ? 0 : 1)
                + (dictionary == 0 ? 0 : 1 << (dictionary - 1))
                + (content == 0 ? (single ? 1 : 0) : 1 << content);
        piece = Piece.HEADER;
    }

    private void block() throws IOException {
        if (!input().require(BLOCK_HEADER)) throw cut();
        ByteBuffer bytes = input().buffer();
        int at = bytes.position();
        pieceAt = input().position();
        int header = bytes.getShort(at) & 0xffff | (bytes.get(at + 2) & 0xff) << 16;
        int type = header >> 1 & 0b11;
        if (type == TYPE_RESERVED) throw damaged("block is of the reserved type");
        left = BLOCK_HEADER + (type == TYPE_RLE ? 1 : header >>> 3);
        piece = (header & 1) == 0 ? Piece.BLOCK : Piece.LAST_BLOCK;
    }

    @Override
    protected void release() {
        context.close();
    }
}
