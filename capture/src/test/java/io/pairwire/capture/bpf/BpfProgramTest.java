package io.pairwire.capture.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BpfProgramTest {
    /** As tcpdump prints {@code tcp dst port 80 and ip} with a return for each case. */
    private static final String MNEMONICS = """
            (000) ldh      [12]
            (001) jeq      #0x800           jt 2\tjf 10
            (002) ldb      [23]
            (003) jeq      #0x6             jt 4\tjf 10
            (004) ldh      [20]
            (005) jset     #0x1fff          jt 10\tjf 6
            (006) ldxb     4*([14]&0xf)
            (007) ldh      [x + 16]
            (008) jeq      #0x50            jt 9\tjf 10
            (009) ret      #262144
            (010) ret      #0
            """;

    private static final String DECIMALS = """
            11
            40 0 0 12
            21 0 8 2048
            48 0 0 23
            21 0 6 6
            40 0 0 20
            69 4 0 8191
            177 0 0 14
            72 0 0 16
            21 0 1 80
            6 0 0 262144
            6 0 0 0
            """;

    private static BpfProgram program(int... fields) {
        var instructions = new ArrayList<BpfInstruction>();
        for (int i = 0; i < fields.length; i += 4) {
            instructions.add(new BpfInstruction(fields[i], fields[i + 1], fields[i + 2], fields[i + 3]));
        }
        return new BpfProgram(instructions);
    }

    private static int run(BpfProgram program, int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) packet[i] = (byte) bytes[i];
        return new BpfInterpreter(program).run(MemorySegment.ofArray(packet), 0, packet.length, 1500);
    }

    private static void assertRefused(String reason, int... fields) {
        var e = assertThrows(IllegalArgumentException.class, () -> program(fields));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void the_three_texts_mean_the_same() {
        var program = BpfProgram.parse(MNEMONICS);
        assertEquals(MNEMONICS, program.mnemonics());
        assertEquals(DECIMALS, program.decimals());
        assertEquals(program, BpfProgram.parse(DECIMALS));
        assertEquals(program, BpfProgram.parse(program.initialisers()));
        assertTrue(program.initialisers().startsWith("{ 0x28, 0, 0, 0x0000000c },\n"));
        assertEquals("", program.kernelObjection());
    }

    @Test
    void a_wrong_text_says_which_line() {
        var e = assertThrows(IllegalArgumentException.class, () -> BpfProgram.parse("2\n40 0 0 12\nfoo\n"));
        assertTrue(e.getMessage().startsWith("line 3"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> BpfProgram.parse("3\n6 0 0 0\n"));
        assertThrows(IllegalArgumentException.class, () -> BpfProgram.parse(""));
    }

    @Test
    void a_program_that_breaks_a_rule_cannot_be_made() {
        assertRefused("empty");
        assertRefused("does not return", 0x00, 0, 0, 1);
        assertRefused("out of the program", 0x15, 0, 1, 0, 0x06, 0, 0, 0);
        assertRefused("out of the program", 0x05, 0, 0, 1, 0x06, 0, 0, 0);
        assertRefused("no word 16", 0x02, 0, 0, 16, 0x06, 0, 0, 0);
        assertRefused("division by zero", 0x34, 0, 0, 0, 0x06, 0, 0, 0);
        assertRefused("unknown code", 0xff, 0, 0, 0, 0x06, 0, 0, 0);
    }

    @Test
    void a_kernel_refuses_more() {
        assertTrue(program(0x05, 0, 0, 0, 0x05, 0, 0, -2, 0x06, 0, 0, 0)
                .kernelObjection()
                .contains("goes back"));
        assertTrue(program(0x60, 0, 0, 3, 0x16, 0, 0, 0).kernelObjection().contains("scratch word 3"));
        assertEquals("", program(0x02, 0, 0, 3, 0x60, 0, 0, 3, 0x16, 0, 0, 0).kernelObjection());
        var many = Collections.nCopies(4097, BpfInstruction.of(Bpf.RET, 0));
        assertTrue(new BpfProgram(many).kernelObjection().contains("4096"));
    }

    @Test
    void loads_outside_and_divisions_by_zero_return_0() {
        assertEquals(7, run(program(0x30, 0, 0, 1, 0x16, 0, 0, 0), 6, 7));
        assertEquals(0, run(program(0x28, 0, 0, 1, 0x06, 0, 0, 5), 6, 7));
        assertEquals(0, run(program(0x01, 0, 0, -1, 0x50, 0, 0, 2, 0x06, 0, 0, 5), 6, 7), "no wrap");
        assertEquals(0, run(program(0x20, 0, 0, -1, 0x06, 0, 0, 5), 6, 7));
        assertEquals(0, run(program(0x3c, 0, 0, 0, 0x06, 0, 0, 5)), "X is zero");
        assertEquals(0, run(program(0x9c, 0, 0, 0, 0x06, 0, 0, 5)));
        assertEquals(1500, run(program(0x80, 0, 0, 0, 0x16, 0, 0, 0)), "the length on the wire");
    }

    @Test
    void arithmetic_is_unsigned_with_32_bits() {
        assertEquals(0x7fffffff, run(program(0x00, 0, 0, -1, 0x34, 0, 0, 2, 0x16, 0, 0, 0)));
        assertEquals(0, run(program(0x00, 0, 0, 1, 0x01, 0, 0, 32, 0x6c, 0, 0, 0, 0x16, 0, 0, 0)), "1 << 32 from X");
        assertEquals(2, run(program(0x00, 0, 0, 1, 0x64, 0, 0, 33, 0x16, 0, 0, 0)), "1 << 33 as a constant");
        assertEquals(-5, run(program(0x00, 0, 0, 5, 0x84, 0, 0, 0, 0x16, 0, 0, 0)));
        assertEquals(1, run(program(0x00, 0, 0, -1, 0x25, 0, 1, 1, 0x06, 0, 0, 1, 0x06, 0, 0, 2)), "-1 > 1");
    }

    @Test
    void a_loop_without_end_ends() {
        assertEquals(0, run(program(0x05, 0, 0, -1, 0x06, 0, 0, 5)));
        assertEquals(
                List.of(BpfInstruction.of(Bpf.RET, 1)), program(0x06, 0, 0, 1).instructions());
    }
}
