package io.pairwire.capture;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * gzip, <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>, around deflate,
 * <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>, by the JDK's zlib.
 *
 * <pre>
 *  member: header, deflate stream, trailer; a file is one member or more, one after the other
 *
 *  header                                                       trailer
 *  +----+----+----+----+----+----+----+----+----+----+          +----+----+----+----+----+----+----+----+
 *  | 1f   8b |  8 |flag|       time        |xfl | os |          |      CRC-32       | length mod 2^32   |
 *  +----+----+----+----+----+----+----+----+----+----+          +----+----+----+----+----+----+----+----+
 *    flag 2: a check of the header   flag 4: extra field   flag 8: name   flag 16: comment   others: reserved
 * </pre>
 */
final class Gzip implements Compression {
    static final Gzip INSTANCE = new Gzip();

    static final int MAGIC = 0x8b1f;
    static final int DEFLATE = 8;
    static final int HEADER = 10;
    static final int TRAILER = 8;

    static final int HEADER_CHECK = 2;
    static final int EXTRA = 4;
    static final int NAME = 8;
    static final int COMMENT = 16;
    static final int RESERVED = 0xe0;

    private Gzip() {}

    @Override
    public CaptureFormat format() {
        return CaptureFormat.GZIP;
    }

    @Override
    public DecompressingChannel decompress(CompressedInput input) {
        return new GzipDecompressor(input);
    }

    @Override
    public DecompressingChannel survey(CompressedInput input) {
        return new GzipSurvey(input, GzipSurvey.SPACING);
    }

    @Override
    public DecompressingChannel resume(CompressedInput input, RestartPoint point) throws IOException {
        return point.isFresh() ? new GzipDecompressor(input) : new GzipDecompressor(input, point);
    }

    @Override
    public CompressingChannel compress(WritableByteChannel target) {
        return new GzipCompressor(target);
    }
}
