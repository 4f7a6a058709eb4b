package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_count_is_one_line_as_tcpdump_prints_it() {
        assertEquals(new Cli.Run(0, "20 packets\n", ""), Cli.run("read", "--count", Cli.gateway(folder, 10)));
    }

    @Test
    void json_tells_each_file() throws IOException {
        Path cut = Cli.cut(folder, 10);
        Path whole = folder.resolve("gateway.pcap");
        var run = Cli.run("read", "--count", "--json", whole, cut);
        assertEquals(3, run.code());
        assertEquals(
                "{\"packets\":39,\"damaged_files\":1,\"files\":[{\"file\":\"" + whole
                        + "\",\"packets\":20},{\"file\":\"" + cut + "\",\"packets\":19}]}\n",
                run.out());
        assertTrue(run.err().startsWith("pairwire: " + cut + ": damaged at byte "), run.err());
    }

    @Test
    void wrong_usage_ends_with_2() {
        Path capture = Cli.gateway(folder, 1);
        assertEquals(2, Cli.run("read").code());
        assertEquals(2, Cli.run("read", "--count").code());
        assertEquals(2, Cli.run("read", "--json", capture).code());
        assertEquals(
                2, Cli.run("read", "--count", "--fields", "number", capture).code());
        assertEquals(2, Cli.run("read", "-c", "0", capture).code());
        assertEquals(2, Cli.run("read", "-tttttt", capture).code());
        assertEquals(1, Cli.run("read", "--count", folder.resolve("missing")).code());
    }
}
