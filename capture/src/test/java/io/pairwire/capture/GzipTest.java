package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest extends CompressionContract {

    @Override
    protected Compression compression() {
        return Gzip.INSTANCE;
    }

    /** A member whose header has these flags, and what they announce. */
    private byte[] member(byte[] plain, int flags, String fields) throws IOException {
        byte[] packed = pack(plain);
        packed[3] = (byte) flags;
        var all = new ByteArrayOutputStream();
        all.write(packed, 0, Gzip.HEADER);
        all.writeBytes(Captures.bytes(fields));
        if ((flags & Gzip.HEADER_CHECK) != 0) {
            var check = new CRC32();
            check.update(all.toByteArray());
            all.write((int) check.getValue());
            all.write((int) check.getValue() >> 8);
        }
        all.write(packed, Gzip.HEADER, packed.length - Gzip.HEADER);
        return all.toByteArray();
    }

    @Test
    void every_field_of_a_header_is_passed_over() throws IOException {
        byte[] plain = plain(100);
        for (var member : new byte[][] {
            member(plain, 1, ""),
            member(plain, Gzip.EXTRA, "0000"),
            member(plain, Gzip.EXTRA, "0300 010203"),
            member(plain, Gzip.NAME, "612e7063617000"),
            member(plain, Gzip.COMMENT, "00"),
            member(plain, Gzip.HEADER_CHECK, ""),
            member(plain, Gzip.EXTRA | Gzip.NAME | Gzip.COMMENT | Gzip.HEADER_CHECK, "0100 ff 6100 6200")
        }) {
            assertArrayEquals(plain, unpackWhole(member));
            for (int length = 0; length < member.length; length++) {
                assertNotNull(unpack(Arrays.copyOf(member, length)).damage(), "cut at " + length);
            }
        }
    }

    @Test
    void a_name_longer_than_any_buffer_is_passed_over() throws IOException {
        byte[] plain = plain(100);
        assertArrayEquals(plain, unpackWhole(member(plain, Gzip.NAME, "61".repeat(200_000) + "00")));
    }

    @Test
    void zeros_after_the_last_member_are_padding() throws IOException {
        byte[] plain = plain(1_000);
        byte[] packed = pack(plain);
        assertArrayEquals(plain, unpackWhole(Arrays.copyOf(packed, packed.length + 200_000)));
        byte[] other = Arrays.copyOf(packed, packed.length + 10);
        other[other.length - 1] = 1;
        var damage = unpack(other).damage();
        assertNotNull(damage);
        assertEquals(
                "gzip stream is followed by something else, at byte " + (packed.length + 9)
                        + " of the compressed stream",
                damage.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'1f8b 07 00 00000000 0003', 'gzip compression method is not 8: 7, at byte 2 of the compressed stream'",
        "'1f8b 08 20 00000000 0003', 'gzip flags are reserved: 0x20, at byte 3 of the compressed stream'",
        "'1f8b 08 02 00000000 0003 0000', 'gzip header has another check than it states, at byte 0 of the compressed stream'",
        "'1f8b 08 00 00000000 0003 07', 'gzip data is damaged: invalid block type, at byte 11 of the compressed stream'",
        "'1f8b 08', 'gzip stream is cut, at byte 3 of the compressed stream'",
        "'1f8b 08 00 00000000 0003 0300 01000000 00000000', "
                + "'gzip data has another CRC-32 than the trailer states, at byte 12 of the compressed stream'",
        "'1f8b 08 00 00000000 0003 0300 00000000 01000000', "
                + "'gzip data has another length than the trailer states, at byte 16 of the compressed stream'",
    })
    void damage_is_told_with_its_place_in_the_compressed_stream(String bytes, String what) throws IOException {
        var damage = unpack(Captures.bytes(bytes)).damage();
        assertNotNull(damage);
        assertEquals(what, damage.getMessage());
    }

    @Test
    void what_is_unpacked_before_the_damage_is_given_first() throws IOException {
        byte[] plain = plain(100_000);
        byte[] packed = pack(plain);
        Arrays.fill(packed, packed.length / 2, packed.length / 2 + 40, (byte) 0xff);
        var unpacked = unpack(Captures.channel(packed), 1 << 20);
        assertNotNull(unpacked.damage());
        int same = Arrays.mismatch(plain, unpacked.plain());
        assertTrue(same > plain.length / 3 && unpacked.plain().length >= same, "same " + same);
    }

    @Test
    void the_jdk_reads_what_is_written() throws IOException {
        byte[] plain = plain(5_000_000);
        byte[] packed = pack(plain);
        try (var stream = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            assertArrayEquals(plain, stream.readAllBytes());
        }
        assertArrayEquals(packed, pack(plain), "same bytes, same file");
    }
}
