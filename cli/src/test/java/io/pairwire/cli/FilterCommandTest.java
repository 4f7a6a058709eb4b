package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCommandTest {
    @TempDir
    Path folder;

    private Path capture;

    @BeforeEach
    void capture() {
        capture = Cli.gateway(folder, 10);
    }

    @Test
    void only_packets_that_match_are_counted() {
        var ten = new Cli.Run(0, "10 packets\n", "");
        assertEquals(ten, Cli.run("read", "--count", "--filter", "udp", capture));
        assertEquals(ten, Cli.run("read", "--count", capture, "--", "tcp", "and", "ip"));
        assertTrue(
                Cli.run("read", "--count", "--json", capture, "--", "tcp").out().startsWith("{\"packets\":10,"));
    }

    @Test
    void a_filter_may_come_from_a_file_and_be_classic_bpf() throws IOException {
        Path expression = Files.writeString(folder.resolve("filter.txt"), "udp\n");
        assertEquals(
                "10 packets\n",
                Cli.run("read", "--count", "--filter-file", expression, capture).out());
        var program = Cli.run("filter", "compile", "--form", "decimals", "udp");
        Path bpf = Files.writeString(folder.resolve("filter.bpf"), program.out());
        assertEquals(
                "10 packets\n",
                Cli.run("read", "--count", "--filter-language", "bpf", "--filter-file", bpf, capture)
                        .out());
        assertTrue(Cli.run("filter", "disassemble", bpf).out().startsWith("(000) ldh      [12]\n"));
        assertTrue(Cli.run("filter", "verify", "--filter-language", "bpf", bpf)
                .out()
                .contains("a kernel takes it"));
    }

    @Test
    void what_a_filter_refuses_is_accounted_for() throws IOException {
        Path statistics = folder.resolve("statistics.json");
        var run = Cli.run("match", "--format", "none", "--quiet", "--stats-file", statistics, capture, "--", "udp");
        assertEquals(0, run.code(), run.err());
        String json = Files.readString(statistics);
        assertTrue(json.contains("\"read\":20") && json.contains("\"filtered\":10"), json);
    }

    @Test
    void a_wrong_filter_is_wrong_usage_and_shows_the_place() {
        var run = Cli.run("read", "--count", capture, "--", "tcp", "prot", "80");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("tcp prot 80\n    ^"), run.err());
        assertEquals(2, Cli.run("filter", "compile", "ip and arp").code());
        assertEquals(
                2,
                Cli.run("read", "--count", "--filter", "tcp", capture, "--", "udp")
                        .code());
    }

    @Test
    void a_filter_that_means_nothing_for_a_link_type_says_so() {
        var run = Cli.run("read", "--count", capture, "--", "type", "mgt");
        assertEquals("0 packets\n", run.out());
        assertTrue(run.err().contains("ETHERNET"), run.err());
    }

    @Test
    void programs_are_explained_and_verified() {
        assertTrue(Cli.run("filter", "explain", "tcp port 80")
                .out()
                .contains("It runs as bytecode of the JVM; a kernel takes it"));
        assertTrue(Cli.run("filter", "verify", "ip6 protochain 6").out().contains("loops"));
        assertEquals(1, Cli.run("filter", "compile", "ip6 protochain 6").code());
        assertTrue(
                Cli.run("filter", "compile", "--link-type", "raw", "icmp").out().contains("ldb      [9]"));
        assertEquals(
                2,
                Cli.run("filter", "compile", "--link-type", "nonsense", "icmp").code());
    }

    @Test
    void a_program_of_vfm_is_explained_in_sentences() {
        String vfm = "../examples/filters/small-udp.vfm";
        String text =
                Cli.run("filter", "explain", "--filter-language", "vfm", vfm).out();
        assertTrue(text.contains("if byte 23 is not 17: go on with"), text);
        assertTrue(text.contains("interpreted step by step, as VFM"), text);
        String sound =
                Cli.run("filter", "verify", "--filter-language", "vfm", vfm).out();
        assertTrue(sound.contains("a stack of 2; a kernel does not take it: "), sound);
    }

    @Test
    void an_expression_that_means_nothing_anywhere_is_wrong_usage() {
        var run = Cli.run("read", "--count", capture, "--", "port", "eighty");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("unknown port"), run.err());
        assertEquals(
                2, Cli.run("read", "--count", capture, "--", "ip", "and", "arp").code());
    }

    @Test
    void a_filter_is_explained_in_words_and_as_a_tree() {
        String text = Cli.run("filter", "explain", "udp port 53 and not net 10.0.0.0/8")
                .out();
        assertTrue(text.contains("all of\n    udp: the source or the destination port is 53\n    not\n"), text);
        assertTrue(text.contains("0. bytes 12-13 = 0x86dd?\n    yes: "), text);
        assertTrue(text.contains("no: refuse"), text);
    }

    @Test
    void a_filter_is_written_for_each_target() {
        String socket = Cli.run("filter", "compile", "--target", "ebpf", "udp").out();
        assertTrue(socket.contains("exit"), socket);
        String rows = Cli.run("filter", "compile", "--target", "xdp", "--form", "initialisers", "udp")
                .out();
        assertTrue(rows.endsWith("{ 0x95, 0, 0, 0, 0x00000000 },\n"), rows);
        String hex = Cli.run("filter", "compile", "--target", "ebpf", "--form", "hex", "udp")
                .out();
        assertTrue(hex.endsWith("9500000000000000\n"), hex);
        assertEquals(socket.lines().count(), hex.lines().count());
        assertTrue(
                Cli.run("filter", "compile", "--target", "steps", "udp").out().contains("return 0"));
        assertEquals(1, Cli.run("filter", "compile", "--form", "hex", "udp").code());
    }

    @Test
    void what_never_matches_on_one_link_type_is_a_filter_all_the_same() {
        var run = Cli.run("filter", "compile", "--link-type", "RAW", "arp[0xab] == 0xcd");
        assertEquals(0, run.code(), run.err());
        assertEquals("(000) ret      #0\n", run.out());
        assertTrue(run.err().contains("no packet of link type RAW matches"), run.err());
        assertEquals(2, Cli.run("filter", "compile", "ip and arp").code());
        assertEquals(0, Cli.run("filter", "compile", "-O", "ip and arp").code());
    }

    @Test
    void a_list_of_expressions_is_counted_line_by_line() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "udp\n\ntcp port 1\n");
        assertEquals(
                capture + "\tudp\t10\n" + capture + "\ttcp port 1\t0\n",
                Cli.run("filter", "count", capture, "--expressions", plain).out());
        Path lisp = Files.writeString(folder.resolve("lisp.txt"), "(= proto 17)\n");
        assertEquals(
                capture + "\t(= proto 17)\t10\n",
                Cli.run("filter", "count", "--filter-language", "vflisp", capture, "--expressions", lisp)
                        .out());
        Path table = Files.writeString(
                folder.resolve("table.tsv"),
                "link_type\tverdict\texpression\nEN10MB\taccept\ttcp\nRAW\taccept\ttcp\nEN10MB\treject\tslow\n");
        var run = Cli.run("filter", "count", capture, "--expressions", table);
        assertEquals(capture + "\ttcp\t10\n" + capture + "\tslow\trefused\n", run.out());
        assertEquals(0, run.code());
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "nonsense\n");
        assertEquals(
                1, Cli.run("filter", "count", capture, "--expressions", wrong).code());
    }

    @Test
    void filters_of_vflisp_and_vfm_select_packets() throws IOException {
        assertEquals(
                "10 packets\n",
                Cli.run("read", "--count", "--filter-language", "vflisp", "--filter", "(= proto 17)", capture)
                        .out());
        Path text = Files.writeString(folder.resolve("udp.vfasm"), "LD8 23 PUSH 17 EQ RET");
        Path bytes = Files.write(folder.resolve("udp.bin"), new byte[] {0, 23, 0, 4, 17, 0, 0, 0, 0, 0, 0, 0, 34, 23});
        for (Path program : new Path[] {text, bytes}) {
            assertEquals(
                    "10 packets\n",
                    Cli.run("read", "--count", "--filter-language", "vfm", "--filter-file", program, capture)
                            .out());
            assertEquals(
                    "    LD8 23\n    PUSH 17\n    EQ\n    RET\n",
                    Cli.run("filter", "disassemble", "--filter-language", "vfm", program)
                            .out());
        }
        assertEquals(
                "sound, 4 instructions, a stack of 2; a kernel does not take it: the filter runs on VFM, whose 64-bit"
                        + " numbers, loops and flow table no kernel has\n",
                Cli.run("filter", "verify", "--filter-language", "vfm", bytes).out());
        var old = Cli.run("filter", "verify", "--filter-language", "vfm", "--filter-mode", "compat-v0", bytes);
        assertEquals(1, old.code()); // 34 is no older number
        assertTrue(old.err().contains("compat-v0: byte 12: opcode 34 is unknown"), old.err());
    }

    @Test
    void vflisp_is_compiled_for_a_kernel_and_explained() {
        var compiled = Cli.run("filter", "compile", "--filter-language", "vflisp", "(= ethertype 0x806)");
        assertEquals(0, compiled.code(), compiled.err());
        assertTrue(compiled.out().contains("ldh"), compiled.out());
        var wide = Cli.run("filter", "explain", "--filter-language", "vflisp", "(> (- dst-port 80) 5)");
        assertTrue(wide.out().contains("step by step, as VFM; a kernel does not take it"), wide.out());
        var wrong = Cli.run("filter", "verify", "--filter-language", "vflisp", "(= prto 6)");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("did you mean \"proto\"?"), wrong.err());
        assertTrue(wrong.err().contains("(= prto 6)\n   ^"), wrong.err());
    }
}
