package io.pairwire.decode.filter.vfm;

import static io.pairwire.decode.Packets.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VfmInterpreterTest {
    private static final byte[] COUNTING = hex("000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f");

    private static VfmInterpreter run(String text, VfmMode mode, byte[] packet) {
        var interpreter = new VfmInterpreter(VfmAssembler.assemble(text, mode), mode);
        interpreter.run(MemorySegment.ofArray(packet), 0, packet.length, packet.length);
        return interpreter;
    }

    private static long value(String text, VfmMode mode, byte[] packet) {
        var interpreter = run(text, mode, packet);
        assertEquals(VfmStatus.DONE, interpreter.status(), text);
        return interpreter.value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LD8 1                       | 1",
                "LD16 1                      | 0x0102",
                "LD32 28                     | 0x1c1d1e1f",
                "LD64 24                     | 0x18191a1b1c1d1e1f",
                "PUSH 0x1234                 | 0x1234",
                "PUSH -2                     | 0xfffffffffffffffe",
                "PUSH 7 PUSH 8 POP           | 7",
                "PUSH 3 DUP ADD              | 6",
                "PUSH 1 PUSH 9 SWAP SUB      | 8",
                "PUSH 1 PUSH 9 SUB           | 0xfffffffffffffff8",
                "PUSH -1 PUSH 2 MUL          | 0xfffffffffffffffe",
                "PUSH -1 PUSH 2 DIV          | 0x7fffffffffffffff",
                "PUSH -1 PUSH 10 MOD         | 5",
                "PUSH 12 PUSH 10 AND         | 8",
                "PUSH 12 PUSH 10 OR          | 14",
                "PUSH 12 PUSH 10 XOR         | 6",
                "PUSH 1 PUSH 65 SHL          | 2",
                "PUSH -1 PUSH 60 SHR         | 15",
                "PUSH 0 NOT                  | 0xffffffffffffffff",
                "PUSH 5 NEG                  | 0xfffffffffffffffb",
                "CSUM                        | 1",
                "PARSE                       | 1",
                "PUSH 5 FLOW_LOAD            | 0",
                "PUSH 5 PUSH 6 FLOW_STORE PUSH 5 FLOW_LOAD | 6",
                "PUSH 0 PUSH 6 FLOW_STORE PUSH 0 FLOW_LOAD | 6",
                "LD128 16 POP                | 0x1011121314151617",
                "LD128 16 SWAP POP           | 0x18191a1b1c1d1e1f",
                "PUSH128 0x10000000000000002 ADD | 3",
                "PUSH128 0xff00000000000000ff PUSH128 0xf0000000000000000f AND128 ADD | 0xff",
                "PUSH128 0x10000000000000001 PUSH128 0x20000000000000002 OR128 ADD    | 6",
                "PUSH128 0x10000000000000001 PUSH128 0x30000000000000001 XOR128 ADD   | 2",
            })
    void each_instruction_leaves_what_it_should(String program, String expected) {
        for (VfmMode mode : VfmMode.values()) {
            assertEquals(Long.parseUnsignedLong(hexDigits(expected), 16), value(program + " RET", mode, COUNTING));
        }
    }

    private static String hexDigits(String number) {
        return number.startsWith("0x") ? number.substring(2) : Long.toHexString(Long.parseLong(number));
    }

    @ParameterizedTest
    @CsvSource({
        "EQ, 0, 1, 0",
        "NE, 1, 0, 1",
        "GT, 0, 0, 1",
        "LT, 1, 0, 0",
        "GE, 0, 1, 1",
        "LE, 1, 1, 0",
    })
    void comparisons_are_unsigned_and_ask_below_against_top(String name, int less, int equal, int greater) {
        assertAnswer("PUSH 5", "PUSH -5", name, less);
        assertAnswer("PUSH 5", "PUSH 5", name, equal);
        assertAnswer("PUSH -5", "PUSH 5", name, greater);
        assertAnswer("PUSH128 0x10000000000000009", "PUSH128 0xf0000000000000001", name + "128", less);
        assertAnswer("PUSH128 0x10000000000000001", "PUSH128 0x10000000000000009", name + "128", less);
        assertAnswer("PUSH128 0x10000000000000001", "PUSH128 0x10000000000000001", name + "128", equal);
        assertAnswer("PUSH128 0xf0000000000000001", "PUSH128 0x10000000000000009", name + "128", greater);
    }

    private static void assertAnswer(String below, String top, String name, int expected) {
        assertEquals(expected, value(below + " " + top + " " + name + " RET", VfmMode.SOUND, COUNTING));
        String jump = below + " " + top + " J" + name + " yes PUSH 0 RET yes: PUSH 1 RET";
        assertEquals(expected, value(jump, VfmMode.SOUND, COUNTING), jump);
    }

    @Test
    void a_packet_is_accepted_if_the_low_32_bits_are_positive() {
        assertAccepted(true, "PUSH 1 RET");
        assertAccepted(true, "PUSH 0x100000001 RET");
        assertAccepted(false, "PUSH 0 RET");
        assertAccepted(false, "PUSH 0x100000000 RET");
        assertAccepted(false, "PUSH 4 NOT RET"); // looks like an error code, and is none
        assertEquals(
                VfmStatus.DONE, run("PUSH 4 NOT RET", VfmMode.SOUND, COUNTING).status());
    }

    private static void assertAccepted(boolean expected, String program) {
        var interpreter = new VfmInterpreter(VfmAssembler.assemble(program, VfmMode.SOUND), VfmMode.SOUND);
        int kept = interpreter.run(MemorySegment.ofArray(COUNTING), 0, COUNTING.length, COUNTING.length);
        assertEquals(expected ? VfmInterpreter.WHOLE_PACKET : 0, kept, program);
    }

    @ParameterizedTest
    @CsvSource({
        "LD8 32 RET, OUT_OF_BOUNDS",
        "LD64 25 RET, OUT_OF_BOUNDS",
        "LD128 17 POP RET, OUT_OF_BOUNDS",
        "PUSH 1 PUSH 0 DIV RET, DIVISION_BY_ZERO",
        "PUSH 1 PUSH 0 MOD RET, DIVISION_BY_ZERO",
        "again: JMP again, OVER_BUDGET",
        "PUSH 9998 again: PUSH 1 SUB JMP again, OVER_BUDGET",
    })
    void what_goes_wrong_refuses_the_packet_and_is_counted(String program, VfmStatus status) {
        var interpreter = run(program, VfmMode.SOUND, COUNTING);
        assertEquals(status, interpreter.status());
        assertEquals(1, interpreter.count(status));
        assertEquals(0, interpreter.count(VfmStatus.DONE));
    }

    @Test
    void fields_are_found_behind_tags_and_options_in_sound_mode_only() {
        byte[] plain = Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).toEthernet();
        byte[] odd = Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80)
                .vlan(5)
                .vlan(6)
                .ipv4Options(hex("01010101"))
                .toEthernet();
        assertEquals(80, value("IPV6_EXT 4 RET", VfmMode.SOUND, plain));
        assertEquals(80, value("IPV6_EXT 4 RET", VfmMode.SOUND, odd));
        assertEquals(0, value("IPV6_EXT 4 RET", VfmMode.COMPAT_V1, plain)); // as the original: ports of IPv6 only
        assertEquals(6, value("IPV6_EXT 0 RET", VfmMode.SOUND, odd));
        assertEquals(0x88a8, value("IPV6_EXT 5 RET", VfmMode.SOUND, odd));
        assertEquals(0x0800, value("IPV6_EXT 22 RET", VfmMode.SOUND, odd));
        assertEquals(4, value("IP_VER RET", VfmMode.SOUND, odd));
        assertEquals(0, value("IP_VER RET", VfmMode.COMPAT_V1, odd)); // the first nibble of a VLAN tag
    }

    @Test
    void a_version_needs_an_ip_packet_in_sound_mode() {
        byte[] arp = Frame.arp("10.0.0.1", "10.0.0.2").toEthernet();
        arp[14] = 0x45;
        assertEquals(0, value("IP_VER RET", VfmMode.SOUND, arp));
        assertEquals(4, value("IP_VER RET", VfmMode.COMPAT_V1, arp));
    }

    @Test
    void later_fragments_have_no_ports_in_sound_mode() {
        byte[] later = Frame.udp("fe80::1", 7, "fe80::2", 53)
                .payload(new byte[64])
                .fragment(9, 64, false)
                .toEthernet();
        assertEquals(0, value("IPV6_EXT 132 RET", VfmMode.SOUND, later));
        assertEquals(0, value("IPV6_EXT 4 RET", VfmMode.SOUND, later));
        assertEquals(8, value("IPV6_EXT 20 RET", VfmMode.SOUND, later));
        assertEquals(9, value("IPV6_EXT 19 RET", VfmMode.SOUND, later));
        assertEquals(8, value("IPV6_EXT 20 RET", VfmMode.COMPAT_V1, later));
    }

    @Test
    void a_mobility_header_has_its_true_length_in_sound_mode_only() {
        byte[] mobile = Frame.udp("fe80::1", 7, "fe80::2", 53)
                .ipv6Extension(135, new byte[14])
                .toEthernet();
        assertEquals(53, value("IPV6_EXT 4 RET", VfmMode.SOUND, mobile));
        assertEquals(16, value("IPV6_EXT 17 RET", VfmMode.SOUND, mobile));
        assertNotEquals(53, value("IPV6_EXT 4 RET", VfmMode.COMPAT_V1, mobile));
    }

    @Test
    void extension_headers_are_counted() {
        byte[] frame = Frame.udp("fe80::1", 7, "fe80::2", 53)
                .ipv6Extension(0, new byte[6])
                .ipv6Extension(60, new byte[14])
                .toEthernet();
        for (VfmMode mode : new VfmMode[] {VfmMode.SOUND, VfmMode.COMPAT_V1}) {
            assertEquals(1, value("IPV6_EXT 15 RET", mode, frame));
            assertEquals(2, value("IPV6_EXT 16 RET", mode, frame));
            assertEquals(24, value("IPV6_EXT 17 RET", mode, frame));
            assertEquals(17, value("IPV6_EXT 18 RET", mode, frame));
            assertEquals(53, value("IPV6_EXT 4 RET", mode, frame));
        }
    }

    @Test
    void hashes_agree_between_the_modes_where_places_do() {
        byte[] four = Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).toEthernet();
        byte[] six = Frame.tcp("fe80::1", 1000, "fe80::2", 80).toEthernet();
        assertNotEquals(0, value("HASH5 RET", VfmMode.SOUND, four));
        assertEquals(value("HASH5 RET", VfmMode.COMPAT_V1, four), value("HASH5 RET", VfmMode.SOUND, four));
        assertEquals(value("HASH6 RET", VfmMode.COMPAT_V1, six), value("HASH6 RET", VfmMode.SOUND, six));
        byte[] tagged = Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).vlan(5).toEthernet();
        assertEquals(value("HASH5 RET", VfmMode.SOUND, four), value("HASH5 RET", VfmMode.SOUND, tagged));
        assertNotEquals(value("HASH5 RET", VfmMode.COMPAT_V1, four), value("HASH5 RET", VfmMode.COMPAT_V1, tagged));
        assertEquals(0, value("HASH5 RET", VfmMode.COMPAT_V1, new byte[37]));
        assertEquals(0, value("HASH6 RET", VfmMode.COMPAT_V1, new byte[57]));
    }

    /** Computed by hand from the constants of FNV-1a, over whole fields in little-endian order. */
    @Test
    void the_compatible_hash_is_fnv_over_whole_fields() {
        byte[] frame = Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).toEthernet();
        long h = 0xcbf29ce484222325L;
        for (long field : new long[] {0x0100000aL, 0x0200000aL, 0xe803, 0x5000, 6}) h = (h ^ field) * 0x100000001b3L;
        assertEquals(h, value("HASH5 RET", VfmMode.COMPAT_V1, frame));
    }

    @Test
    void a_field_that_was_cut_off_refuses_the_packet_in_sound_mode() {
        byte[] cut = java.util.Arrays.copyOf(
                Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).toEthernet(), 36);
        assertEquals(
                VfmStatus.OUT_OF_BOUNDS,
                run("IPV6_EXT 4 RET", VfmMode.SOUND, cut).status());
        assertEquals(
                VfmStatus.DONE, run("IPV6_EXT 4 RET", VfmMode.COMPAT_V1, cut).status());
    }

    @ParameterizedTest
    @EnumSource(VfmMode.class)
    void the_same_program_has_older_numbers_in_v0(VfmMode mode) {
        byte[] shipped = hex("00 17 00  04 06 00 00 00 00 00 00 00  " + (mode == VfmMode.COMPAT_V0 ? "12" : "13")
                + " 0a 00  04 00 00 00 00 00 00 00 00 " + (mode == VfmMode.COMPAT_V0 ? "16" : "17")
                + " 04 01 00 00 00 00 00 00 00 " + (mode == VfmMode.COMPAT_V0 ? "16" : "17"));
        var program = VfmProgram.of(shipped, mode);
        assertEquals(VfmAssembler.assemble("LD8 23 PUSH 6 JEQ y PUSH 0 RET y: PUSH 1 RET", mode), program);
        assertEquals(
                java.util.HexFormat.of().formatHex(shipped),
                java.util.HexFormat.of().formatHex(program.bytes(mode)));
    }

    @Test
    void the_flow_table_keeps_to_its_size_and_lets_the_oldest_go() {
        var table = new VfmFlowTable(64, 99);
        for (int key = 0; key < 10_000; key++) {
            table.tick();
            table.store(key, key + 1);
        }
        assertEquals(64, table.capacity());
        int kept = 0;
        for (int key = 0; key < 10_000; key++) if (table.load(key) == key + 1) kept++;
        assertTrue(kept > 32 && kept <= 64, "kept " + kept);
        assertEquals(10_000 - kept, table.evicted());
        assertEquals(10_000, table.load(9999));
    }

    @Test
    void a_counter_per_flow_survives_from_packet_to_packet() {
        String third = "HASH5 DUP FLOW_LOAD PUSH 1 ADD HASH5 SWAP FLOW_STORE FLOW_LOAD PUSH 3 EQ RET";
        var interpreter = new VfmInterpreter(
                VfmAssembler.assemble(third, VfmMode.SOUND), VfmMode.SOUND, LinkType.ETHERNET, 1024, 7);
        var memory =
                MemorySegment.ofArray(Frame.udp("10.0.0.1", 5, "10.0.0.2", 6).toEthernet());
        for (int i = 1; i <= 4; i++) {
            int length = (int) memory.byteSize();
            assertEquals(i == 3, interpreter.run(memory, 0, length, length) != 0, "packet " + i);
        }
    }
}
