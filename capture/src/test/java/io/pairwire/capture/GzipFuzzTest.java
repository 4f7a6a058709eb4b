package io.pairwire.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class GzipFuzzTest {

    @FuzzTest
    void a_gzip_stream_ends_or_is_damaged(byte[] bytes) throws IOException {
        CompressionContract.unpackAnything(Gzip.INSTANCE, bytes);
    }

    /** Past the checks of the header, where the fuzzer would spend its time. */
    @FuzzTest
    void a_gzip_body_ends_or_is_damaged(byte[] body) throws IOException {
        byte[] bytes = new byte[Gzip.HEADER + body.length];
        bytes[0] = 0x1f;
        bytes[1] = (byte) 0x8b;
        bytes[2] = Gzip.DEFLATE;
        System.arraycopy(body, 0, bytes, Gzip.HEADER, body.length);
        CompressionContract.unpackAnything(Gzip.INSTANCE, bytes);
    }
}
