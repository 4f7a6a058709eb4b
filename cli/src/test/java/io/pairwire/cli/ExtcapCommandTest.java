package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExtcapCommandTest {

    @Test
    void interfaces_that_are_up_are_listed_under_names_of_our_own() throws Exception {
        ReplayNetwork.with(1, 1500, () -> {
            ReplayNetwork.ip("link set vb down");
            var run = Cli.run("extcap", "--extcap-interfaces", "--extcap-version=4.4");
            assertEquals(0, run.code(), run.err());
            assertTrue(run.lines().getFirst().startsWith("extcap {version="), run.out());
            assertTrue(run.lines().contains("interface {value=pairwire-va}{display=Pairwire: va}"), run.out());
            assertFalse(run.out().contains("pairwire-vb"), run.out());
            assertTrue(run.lines().contains("interface {value=pairwire-any}{display=Pairwire: all interfaces}"));
            var dlt = Cli.run("extcap", "--extcap-interface", "pairwire-va", "--extcap-dlts");
            assertEquals("dlt {number=1}{name=EN10MB}{display=Ethernet}\n", dlt.out());
            assertEquals(
                    1,
                    Cli.run("extcap", "--extcap-interface=pairwire-nix", "--extcap-dlts")
                            .code());
            return null;
        });
    }

    @Test
    void what_can_be_set_has_an_argument_of_the_capture_for_each() {
        var run = Cli.run("extcap", "--extcap-interface=pairwire-lo", "--extcap-config");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("arg {number=0}{call=--backend}"), run.out());
        assertTrue(run.out().contains("value {arg=0}{value=af-xdp}"), run.out());
        var any = Cli.run("extcap", "--extcap-interface=pairwire-any", "--extcap-config");
        assertFalse(any.out().contains("af-xdp"), any.out());
    }

    @Test
    void a_filter_is_verified_by_silence() {
        assertEquals(
                "",
                Cli.run("extcap", "--extcap-interface=pairwire-lo", "--extcap-capture-filter=tcp port 80")
                        .out());
        var wrong = Cli.run("extcap", "--extcap-interface=pairwire-lo", "--extcap-capture-filter=tcp prt 80");
        assertEquals(0, wrong.code(), wrong.err());
        assertFalse(wrong.out().isBlank());
    }

    @Test
    void nothing_asked_for_or_no_pipe_is_wrong_usage() {
        assertEquals(2, Cli.run("extcap").code());
        assertEquals(
                2,
                Cli.run("extcap", "--capture", "--extcap-interface=pairwire-lo").code());
        assertEquals(2, Cli.run("extcap", "--extcap-dlts").code());
    }
}
