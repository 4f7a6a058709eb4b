package io.pairwire.compression;

import io.pairwire.capture.Compression;
import io.pairwire.capture.CompressionContract;

class ZstdTest extends CompressionContract {

    @Override
    protected Compression compression() {
        return new Zstd();
    }

    /** A block. */
    @Override
    protected int lostBeforeCut() {
        return 128 << 10;
    }
}
