package io.pairwire.compression;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.CompressingChannel;
import io.pairwire.capture.Compression;
import io.pairwire.capture.DecompressingChannel;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * xz, <a href="https://tukaani.org/xz/xz-file-format.txt">its file format</a>, by XZ for Java. To unpack it takes as much
 * heap as the dictionary is long, and is allowed a half of the heap, 128 MB at most: {@code xz -9} needs 65.
 */
public final class Xz implements Compression {

    /** For the service loader. */
    public Xz() {}

    @Override
    public CaptureFormat format() {
        return CaptureFormat.XZ;
    }

    @Override
    public DecompressingChannel decompress(CompressedInput input) {
        return new XzDecompressor(input);
    }

    @Override
    public CompressingChannel compress(WritableByteChannel target) throws IOException {
        return new XzCompressor(target);
    }
}
