package io.pairwire.compression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.CompressionContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

class Lz4FuzzTest {

    @FuzzTest
    void a_stream_ends_or_is_damaged(byte[] bytes) throws IOException {
        CompressionContract.unpackAnything(new Lz4(), bytes);
    }

    /** Past the check of the header, where the fuzzer would spend its time: two blocks that refer to each other. */
    @FuzzTest
    void a_block_ends_or_is_damaged(byte[] block) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex("04224d184040c0"));
        for (int i = 0; i < 2; i++) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) bytes.write(block.length >> shift);
            bytes.writeBytes(block);
        }
        CompressionContract.unpackAnything(new Lz4(), bytes.toByteArray());
    }
}
