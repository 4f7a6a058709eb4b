package io.pairwire.decode.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.Packets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ChecksumProperties {

    @Property
    void wide_sums_fold_to_what_words_one_by_one_give(@ForAll @Size(max = 200) byte[] bytes) {
        int expected = wordByWord(bytes);
        assertEquals(expected, Checksum.fold(Checksum.sum(bytes, 0, bytes.length)));
        assertEquals(expected, Checksum.fold(Checksum.sum(Packets.packet(bytes, 1), 0, bytes.length)));
    }

    @Property
    void sums_of_even_pieces_add_up(@ForAll @Size(max = 200) byte[] bytes, @ForAll byte where) {
        int split = Math.min(bytes.length, where & 0x7e);
        split -= split & 1;
        long pieces = Checksum.sum(bytes, 0, split) + Checksum.sum(bytes, split, bytes.length - split);
        assertEquals(wordByWord(bytes), Checksum.fold(pieces));
    }

    private static int wordByWord(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0);
            if (sum > 0xffff) sum -= 0xffff;
        }
        return ~sum & 0xffff;
    }
}
