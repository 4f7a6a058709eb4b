package io.pairwire.platform.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.StructLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lengths and places as a C compiler tells them of {@code linux/bpf.h} and {@code linux/if_xdp.h} on 64-bit machines. */
class XdpLayoutTest {

    @Test
    void the_attributes_of_bpf_lie_where_the_kernel_reads_them() {
        places(BpfCall.MAP, Map.of("map_type", 0, "key_size", 4, "value_size", 8, "max_entries", 12, "map_name", 28));
        places(BpfCall.ELEMENT, Map.of("map_fd", 0, "key", 8, "value", 16, "flags", 24));
        places(
                BpfCall.PROGRAM,
                Map.of(
                        "insn_cnt",
                        4,
                        "insns",
                        8,
                        "license",
                        16,
                        "log_level",
                        24,
                        "log_size",
                        28,
                        "log_buf",
                        32,
                        "prog_flags",
                        44,
                        "prog_name",
                        48,
                        "prog_ifindex",
                        64,
                        "expected_attach_type",
                        68));
        places(BpfCall.LINK, Map.of("prog_fd", 0, "target_ifindex", 4, "attach_type", 8, "flags", 12));
        places(BpfCall.UPDATE, Map.of("link_fd", 0, "new_prog_fd", 4, "flags", 8, "old_prog_fd", 12));
        places(BpfCall.NEXT, Map.of("start_id", 0, "next_id", 4));
        places(BpfCall.DETAILS, Map.of("bpf_fd", 0, "info_len", 4, "info", 8));
    }

    @Test
    void what_the_kernel_tells_of_programs_and_links_is_read_where_it_writes_it() {
        places(BpfCall.PROGRAM_DETAILS, Map.of("id", 4, "tag", 8, "load_time", 40, "created_by_uid", 48, "name", 64));
        assertEquals(80, BpfCall.at(BpfCall.PROGRAM_DETAILS, "ifindex"));
        places(BpfCall.LINK_DETAILS, Map.of("type", 0, "id", 4, "prog_id", 8, "ifindex", 16));
    }

    @Test
    void the_structures_of_sockets_are_as_long_as_the_kernels() {
        assertEquals(32, XdpCalls.UMEM.byteSize());
        assertEquals(128, XdpCalls.RING_OFFSETS.byteSize());
        assertEquals(16, XdpCalls.ADDRESS.byteSize());
        assertEquals(48, XdpCalls.COUNTERS.byteSize());
        assertEquals(16, XdpCalls.DESCRIPTOR.byteSize());
        places(XdpCalls.UMEM, Map.of("addr", 0, "len", 8, "chunk_size", 16, "headroom", 20, "flags", 24));
        places(XdpCalls.RING_OFFSETS, Map.of("rx", 0, "tx", 32, "fr", 64, "cr", 96));
        places(XdpCalls.ADDRESS, Map.of("sxdp_flags", 2, "sxdp_ifindex", 4, "sxdp_queue_id", 8));
        assertEquals(36, ReceiveQueues.CHANNELS.byteSize());
        places(ReceiveQueues.CHANNELS, Map.of("rx_count", 20, "combined_count", 32));
        places(XdpCalls.DESCRIPTOR, Map.of("addr", 0, "len", 8, "options", 12));
    }

    @Test
    void the_number_of_the_call_follows_the_machine() {
        assertEquals(321, BpfCall.number("Linux", "amd64"));
        assertEquals(280, BpfCall.number("Linux", "aarch64"));
        assertEquals(-1, BpfCall.number("Mac OS X", "aarch64"), "there is no such call");
        assertEquals(-1, BpfCall.number("Linux", "m68k"), "nobody looked it up");
    }

    private static void places(StructLayout layout, Map<String, Integer> expected) {
        expected.forEach((field, at) -> assertEquals(at.longValue(), BpfCall.at(layout, field), field));
    }
}
