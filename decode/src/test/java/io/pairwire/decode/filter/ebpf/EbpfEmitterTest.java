package io.pairwire.decode.filter.ebpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.Packets;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class EbpfEmitterTest {

    @Test
    void a_filter_for_every_packet_is_as_short_as_can_be() {
        var program = Filter.compile("", LinkType.ETHERNET).toSocketFilter();
        assertArrayEquals(
                Packets.hex("bf16000000000000 b400000000000400 9500000000000000"),
                program.bytes(ByteOrder.LITTLE_ENDIAN));
        assertArrayEquals(
                Packets.hex("bf61000000000000 b400000000040000 9500000000000000"), program.bytes(ByteOrder.BIG_ENDIAN));
    }

    @Test
    void the_map_of_sockets_is_named_by_its_descriptor() {
        var program = Filter.compile("tcp", LinkType.ETHERNET).toXdp(77);
        assertTrue(program.instructions().stream()
                .anyMatch(i -> i.code() == 0x18 && i.source() == 1 && i.immediate() == 77));
        var tcp = Filter.compile("tcp", LinkType.ETHERNET);
        assertThrows(IllegalArgumentException.class, () -> tcp.toXdp(-1));
    }

    @Test
    void what_ebpf_cannot_express_is_refused_with_a_reason() {
        var loops = Filter.compile("ip6 protochain 6", LinkType.ETHERNET);
        var e = assertThrows(UnsupportedOperationException.class, loops::toSocketFilter);
        assertTrue(e.getMessage().contains("loops"), e.getMessage());
        var wide = Filter.ofVfLisp("(> (- dst-port 80) 5)", VfmMode.SOUND, LinkType.ETHERNET);
        e = assertThrows(UnsupportedOperationException.class, () -> wide.toXdp(1));
        assertTrue(e.getMessage().contains("64-bit"), e.getMessage());
    }

    @Test
    void more_than_classic_bpf_can_hold_fits() {
        var filter = Filter.compile("tcp[0] << tcp[1] = 0", LinkType.ETHERNET);
        assertThrows(UnsupportedOperationException.class, filter::toBpf);
        assertEquals(0x95, filter.toSocketFilter().instructions().getLast().code());
    }
}
