package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelProgramTest {
    private static final BpfProgram ARP = BpfProgram.parse("4\n40 0 0 12\n21 0 1 2054\n6 0 0 262144\n6 0 0 0\n");

    private static List<BpfInstruction> program(
            Optional<BpfProgram> wanted, Direction direction, int loopback, boolean any) {
        var program = KernelProgram.of(wanted, LinkType.ETHERNET, 96, direction, loopback, any);
        assertEquals("", new BpfProgram(program).kernelObjection());
        return program;
    }

    @Test
    void without_a_filter_only_the_snapshot_length_is_left() {
        assertEquals(List.of(BpfInstruction.of(6, 96)), program(Optional.empty(), Direction.BOTH, 0, false));
    }

    @Test
    void a_filter_keeps_its_shape_and_gets_the_snapshot_length() {
        var program = program(Optional.of(ARP), Direction.BOTH, 0, false);
        var body = program.subList(program.size() - 4, program.size());
        assertEquals(ARP.instructions().subList(0, 2), body.subList(0, 2));
        assertEquals(96, body.get(2).k());
        assertEquals(0, body.get(3).k());
    }

    @Test
    void packets_whose_tag_was_taken_off_pass_whole_to_be_asked_again() {
        var program = program(Optional.of(ARP), Direction.BOTH, 0, false);
        assertEquals(-0x1000 + 48, program.get(0).k()); // is there a tag?
        assertEquals(LiveSettings.LONGEST_SNAPLEN, program.get(2).k());
    }

    @Test
    void a_loopback_is_shown_once_and_so_it_is_among_all_interfaces() {
        var alone = program(Optional.empty(), Direction.BOTH, 1, false);
        assertEquals(-0x1000 + 4, alone.get(0).k()); // which kind of packet?
        assertEquals(0, alone.get(2).k());
        var among = program(Optional.empty(), Direction.BOTH, 1, true);
        assertEquals(-0x1000 + 8, among.get(0).k()); // of which interface?
        assertTrue(among.size() > alone.size());
    }
}
