package io.pairwire.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Compression;
import io.pairwire.capture.CompressionContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZstdTest extends CompressionContract {
    /** A window of 1 KB, no check. */
    private static final String FRAME = "28b52ffd 00 00 ";

    @Override
    protected Compression compression() {
        return new Zstd();
    }

    /** A block. */
    @Override
    protected int lostBeforeCut() {
        return 128 << 10;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void skippable_frames_may_stand_anywhere_between_frames() throws IOException {
        String skippable = "5f2a4d18 03000000 ffffff";
        String frame = FRAME + "100000 6162 230000 63";
        assertArrayEquals(ascii("abcccc"), unpackWhole(bytes(frame)));
        assertArrayEquals(
                ascii("abccccabcccc"),
                unpackWhole(bytes(skippable + frame + skippable + "502a4d18 00000000" + frame + skippable)));
    }

    @ParameterizedTest
    @CsvSource({
        "'28b52ffd 00 00 07 00 00', block is of the reserved type, 6",
        "'28b52ffd 08 00 010000', 'frame is damaged: Unsupported frame parameter', 0",
        "'28b52ffd 00 a8 010000', 'frame is damaged: Frame requires too much memory for decoding', 0",
        "'28b52ffd 00 00 100000 6162 050800', stream is cut, 14",
        "'5f2a4d18 05000000 00', stream is cut, 9",
        "'28b52ffd 00 00 010000 01020304', stream is followed by something else, 9",
        "'28b52ffd 00 00 010000 28', stream is cut, 10",
    })
    void damage_is_told_with_its_place(String packed, String what, int at) throws IOException {
        var damage = unpack(bytes(packed)).damage();
        assertNotNull(damage);
        assertEquals("zstd " + what + ", at byte " + at + " of the compressed stream", damage.getMessage());
    }

    @Test
    void all_blocks_before_a_damaged_one_are_given() throws IOException {
        byte[] plain = new byte[500_000];
        new Random(3).nextBytes(plain);
        byte[] packed = pack(plain);
        packed[packed.length - 20_000] ^= 1; // in a block that is not packed: only the check at the end can tell
        var unpacked = unpack(packed);
        assertNotNull(unpacked.damage());
        assertEquals(plain.length, unpacked.plain().length);
        assertTrue(Arrays.mismatch(plain, unpacked.plain()) > 400_000);
    }
}
