package io.pairwire.compression;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.CompressingChannel;
import io.pairwire.capture.Compression;
import io.pairwire.capture.DecompressingChannel;
import io.pairwire.capture.UnsupportedCaptureException;
import java.nio.channels.WritableByteChannel;

/**
 * Zstandard, <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>, by its own library through zstd-jni, which
 * unpacks a native library into the directory for temporary files. A frame may ask for a window of 128 MB at most, which is
 * what zstd(1) allows as well.
 */
public final class Zstd implements Compression {

    /** For the service loader. */
    public Zstd() {}

    @Override
    public CaptureFormat format() {
        return CaptureFormat.ZSTD;
    }

    @Override
    public DecompressingChannel decompress(CompressedInput input) throws UnsupportedCaptureException {
        try {
            return new ZstdDecompressor(input);
        } catch (LinkageError e) {
            throw cannotLoad(e);
        }
    }

    @Override
    public CompressingChannel compress(WritableByteChannel target) throws UnsupportedCaptureException {
        try {
            return new ZstdCompressor(target);
        } catch (LinkageError e) {
            throw cannotLoad(e);
        }
    }

    private static UnsupportedCaptureException cannotLoad(LinkageError e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        var refused = new UnsupportedCaptureException(
                CaptureFormat.ZSTD,
                "zstd cannot load its native library: " + reason.getMessage() + "; unpack it with: zstd -d");
        refused.initCause(e);
        return refused;
    }
}
