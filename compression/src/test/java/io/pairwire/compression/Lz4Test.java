package io.pairwire.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pairwire.capture.Compression;
import io.pairwire.capture.CompressionContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lz4Test extends CompressionContract {
    /** Independent blocks of 64 KB, no checks. */
    private static final String FRAME = "04224d18 60 40 82 ";

    /** The same with blocks that refer to each other. */
    private static final String LINKED = "04224d18 40 40 c0 ";

    @Override
    protected Compression compression() {
        return new Lz4();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_match_may_overlap_what_it_makes() throws IOException {
        assertArrayEquals(ascii("abababababx"), unpackWhole(bytes(FRAME + "07000000 24 6162 0200 10 78 00000000")));
        assertArrayEquals(ascii("aaaaaaaax"), unpackWhole(bytes(FRAME + "06000000 13 61 0100 10 78 00000000")));
    }

    @Test
    void a_linked_block_reaches_into_the_one_before_and_an_independent_one_does_not() throws IOException {
        String blocks = "05000000 40 61626364 05000000 00 0400 10 78 00000000";
        assertArrayEquals(ascii("abcdabcdx"), unpackWhole(bytes(LINKED + blocks)));
        var refused = unpack(bytes(FRAME + blocks));
        assertArrayEquals(ascii("abcd"), refused.plain());
        assertNotNull(refused.damage());
    }

    @Test
    void skippable_frames_and_legacy_frames_may_stand_between() throws IOException {
        byte[] unpacked = unpackWhole(bytes("02214c18 05000000 40 61626364 02000000 10 65"
                + "5f2a4d18 03000000 ffffff"
                + FRAME + "02000080 6667 00000000"
                + "02214c18 02000000 10 68"));
        assertArrayEquals(ascii("abcdefgh"), unpacked);
    }

    @ParameterizedTest
    @CsvSource({
        "'04224d18 20 40 00', frame is of an unknown version, 4",
        "'04224d18 62 40 00', frame has reserved bits set, 4",
        "'04224d18 60 30 00', frame has an unknown length of blocks, 5",
        "'04224d18 60 40 83', frame header has another check than it states, 4",
        "'04224d18 60 40 82 01000100', block is longer than its frame allows: 65537, 7",
        "'04224d18 60 40 82 03000000 00 0100', match refers to what is not there, 14",
        "'04224d18 60 40 82 05000000 14 61 0000 00', match refers to what is not there, 15",
        "'04224d18 60 40 82 02000000 20 61 00000000', block ends inside a sequence, 13",
        "'04224d18 60 40 82 04000000 10 61 01 00 00000000', block ends inside a sequence, 15",
        "'04224d18 60 40 82 05', stream is cut, 8",
        "'02214c18 ffffffff', stream is followed by something else, 4",
        "'5f2a4d18 05000000 00', stream is cut, 9",
    })
    void damage_is_told_with_its_place(String packed, String what, int at) throws IOException {
        var damage = unpack(bytes(packed)).damage();
        assertNotNull(damage);
        assertEquals("lz4 " + what + ", at byte " + at + " of the compressed stream", damage.getMessage());
    }

    @Test
    void a_block_may_not_give_more_than_its_frame_allows() throws IOException {
        String endless = "ff".repeat(300);
        var damage = unpack(bytes(FRAME + "31010000 1f 61 0100" + endless + "00 10 78"))
                .damage();
        assertNotNull(damage);
        assertEquals(
                "lz4 block is longer than its frame allows, at byte 272 of the compressed stream", damage.getMessage());
    }
}
