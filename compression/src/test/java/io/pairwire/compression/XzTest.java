package io.pairwire.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.Compression;
import io.pairwire.capture.CompressionContract;
import io.pairwire.capture.UnsupportedCaptureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

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

    @Test
    void padding_between_and_after_streams_is_passed_over() throws IOException {
        byte[] packed = pack(plain(100));
        assertArrayEquals(plain(100), unpackWhole(Arrays.copyOf(packed, packed.length + 8)));
        assertNotNull(unpack(Arrays.copyOf(packed, packed.length + 7)).damage());
    }

    /** The length of the dictionary is in the header of the block; so few bytes could make us take a gigabyte. */
    @Test
    void a_stream_that_wants_too_much_memory_is_refused() throws IOException {
        var options = new LZMA2Options(0);
        options.setDictSize(4 << 20);
        var packed = new ByteArrayOutputStream();
        try (var stream = new XZOutputStream(packed, options)) {
            stream.write(1);
        }
        byte[] bytes = packed.toByteArray();
        // stream header 12, then the block header: length, flags, filter, length of properties, dictionary, padding,
        // check
        bytes[16] = 34; // 512 MB
        var check = new CRC32();
        check.update(bytes, 12, 8);
        for (int i = 0; i < 4; i++) bytes[20 + i] = (byte) (check.getValue() >> 8 * i);
        var refused = assertThrows(UnsupportedCaptureException.class, () -> unpack(bytes));
        assertEquals(CaptureFormat.XZ, refused.format());
        assertTrue(
                String.valueOf(refused.getMessage())
                        .matches("xz needs \\d+ KB of heap to unpack it, allowed are 131072"),
                refused.getMessage());
    }
}
