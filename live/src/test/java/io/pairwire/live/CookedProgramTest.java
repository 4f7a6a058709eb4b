package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.bpf.BpfProgram;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs as decimals: the number of instructions, then code, jt, jf and k of each. */
class CookedProgramTest {
    private static Optional<BpfProgram> moved(String text) {
        return CookedProgram.of(program(text));
    }

    private static BpfProgram program(String text) {
        return BpfProgram.parse(text.replace(", ", "\n") + "\n");
    }

    /** UDP to port 53: type of the header, protocol, fragment, length of the header, port. */
    @Test
    void what_the_header_says_is_asked_beside_the_packet_and_the_rest_moves_to_the_front() {
        var wanted = "11, 40 0 0 0, 21 0 8 2048, 48 0 0 29, 21 0 6 17, 40 0 0 26, 69 4 0 8191, 177 0 0 20, 72 0 0 22,"
                + " 21 0 1 53, 6 0 0 262144, 6 0 0 0";
        var inKernel = "11, 32 0 0 4294963200, 21 0 8 2048, 48 0 0 9, 21 0 6 17, 40 0 0 6, 69 4 0 8191, 177 0 0 0,"
                + " 72 0 0 2, 21 0 1 53, 6 0 0 262144, 6 0 0 0";
        assertEquals(Optional.of(program(inKernel)), moved(wanted));
    }

    @Test
    void interface_hardware_and_kind_of_packet_are_known_to_the_kernel() {
        var wanted = "7, 32 0 0 4, 21 0 3 2, 40 0 0 8, 48 0 0 10, 21 0 1 4, 6 0 0 9, 6 0 0 0";
        var inKernel =
                "7, 32 0 0 4294963208, 21 0 3 2, 32 0 0 4294963228, 32 0 0 4294963204, 21 0 1 4, 6 0 0 9, 6 0 0 0";
        assertEquals(Optional.of(program(inKernel)), moved(wanted));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "2, 32 0 0 0, 6 0 0 1", // more of the header than one of its fields
                "2, 48 0 0 12, 6 0 0 1", // the address of the card
                "2, 128 0 0 0, 6 0 0 1", // the length
                "4, 32 0 0 24, 7 0 0 0, 80 0 0 20, 6 0 0 1", // a place that is a large number
                "5, 48 0 0 24, 20 0 0 100, 7 0 0 0, 80 0 0 20, 6 0 0 1", // or a negative one
                "4, 96 0 0 3, 7 0 0 0, 80 0 0 30, 6 0 0 1", // or one from the scratch memory
                "5, 32 0 0 20, 2 0 0 0, 97 0 0 0, 80 0 0 33, 6 0 0 1", // and by way of the index
                "6, 32 0 0 24, 21 1 0 7, 84 0 0 15, 7 0 0 0, 80 0 0 20, 6 0 0 1", // or one that a jump brings
                "3, 1 0 0 4294967290, 80 0 0 30, 6 0 0 1",
                "3, 1 0 0 4, 80 0 0 10, 6 0 0 1"
            })
    void what_would_not_be_the_same_is_not_for_the_kernel(String program) {
        assertEquals(Optional.empty(), moved(program));
    }

    @Test
    void a_place_that_was_kept_in_the_scratch_memory_moves_if_it_was_small() {
        var wanted = "7, 48 0 0 20, 84 0 0 15, 2 0 0 0, 7 0 0 0, 97 0 0 0, 80 0 0 33, 6 0 0 1";
        var inKernel = "7, 48 0 0 0, 84 0 0 15, 2 0 0 0, 7 0 0 0, 97 0 0 0, 80 0 0 13, 6 0 0 1";
        assertEquals(Optional.of(program(inKernel)), moved(wanted));
    }

    @Test
    void a_place_from_the_length_of_a_header_moves() {
        var wanted = "6, 48 0 0 20, 84 0 0 15, 100 0 0 2, 7 0 0 0, 80 0 0 33, 6 0 0 1";
        var inKernel = "6, 48 0 0 0, 84 0 0 15, 100 0 0 2, 7 0 0 0, 80 0 0 13, 6 0 0 1";
        assertEquals(Optional.of(program(inKernel)), moved(wanted));
    }
}
