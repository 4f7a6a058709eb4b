package io.pairwire.compression;

import io.pairwire.capture.Compression;
import io.pairwire.capture.CompressionContract;

class XzTest extends CompressionContract {

    @Override
    protected Compression compression() {
        return new Xz();
    }

    /** A chunk; one that gets shorter by packing may hold 2 MB. */
    @Override
    protected int lostBeforeCut() {
        return 64 << 10;
    }
}
