package io.pairwire.compression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.CompressionContract;
import java.io.IOException;

class ZstdFuzzTest {

    @FuzzTest
    void a_stream_ends_or_is_damaged(byte[] bytes) throws IOException {
        CompressionContract.unpackAnything(new Zstd(), bytes);
    }
}
