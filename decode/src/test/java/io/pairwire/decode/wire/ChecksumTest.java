package io.pairwire.decode.wire;

import static io.pairwire.decode.Packets.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    void the_example_of_rfc_1071_folds_to_its_complement() {
        byte[] bytes = hex("0001 f203 f4f5 f6f7");
        assertEquals(~0xddf2 & 0xffff, Checksum.fold(Checksum.sum(bytes, 0, bytes.length)));
    }

    @Test
    void a_header_with_its_own_checksum_folds_to_zero() {
        byte[] header = hex("4500 0073 0000 4000 4011 b861 c0a80001 c0a800c7");
        assertEquals(0, Checksum.fold(Checksum.sum(header, 0, header.length)));
    }

    @Test
    void nothing_folds_to_all_ones() {
        assertEquals(0xffff, Checksum.fold(Checksum.sum(new byte[0], 0, 0)));
    }
}
