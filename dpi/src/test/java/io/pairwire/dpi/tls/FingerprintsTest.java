package io.pairwire.dpi.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.tls.Fingerprints.Carrier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    /** The browser of the example in the description of JA4, its extensions in another order. */
    private static Hello browser() {
        return Hello.named("example.org")
                .suites(
                        0x8a8a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014,
                        0x009c, 0x009d, 0x002f, 0x0035)
                .extension(0x1a1a)
                .extension(0x0017)
                .extension(0xff01, (byte) 0)
                .extensionOfNumbers(Extensions.SUPPORTED_GROUPS, 2, 0x2a2a, 0x001d, 0x0017)
                .extension(Extensions.POINT_FORMATS, (byte) 1, (byte) 0)
                .extension(0x0023)
                .protocols("h2", "http/1.1")
                .extension(0x0005)
                .extensionOfNumbers(
                        Extensions.SIGNATURE_ALGORITHMS,
                        2,
                        0x0403,
                        0x0804,
                        0x0401,
                        0x0503,
                        0x0805,
                        0x0501,
                        0x0806,
                        0x0601)
                .extension(0x0012)
                .extension(0x0033)
                .extension(0x002d)
                .extensionOfNumbers(Extensions.SUPPORTED_VERSIONS, 1, 0x9a9a, 0x0304, 0x0303)
                .extension(0x001b)
                .extension(0x4469)
                .extension(0x0015);
    }

    @Test
    void ja4_is_that_of_the_example_in_its_description() {
        var ja4 = Fingerprints.ja4(browser().read(), Carrier.TCP);
        assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", ja4.orElseThrow());
    }

    @Test
    void ja4_tells_quic_and_dtls_by_its_first_letter() {
        assertTrue(
                Fingerprints.ja4(browser().read(), Carrier.QUIC).orElseThrow().startsWith("q13d1516h2_"));
    }

    @Test
    void ja4_without_name_protocols_and_extensions_says_so() {
        var hello = Hello.plain().suites().version(0x0301).read();
        assertEquals(
                "t10i000000_000000000000_000000000000",
                Fingerprints.ja4(hello, Carrier.TCP).orElseThrow());
    }

    @Test
    void ja4_tells_a_protocol_that_is_no_text_in_hexadecimal() {
        var hello = Hello.plain().protocols("\u00abx\u00cd").read();
        assertEquals("ad", Fingerprints.ja4(hello, Carrier.TCP).orElseThrow().substring(8, 10));
    }

    @Test
    void ja3_leaves_reserved_numbers_out_and_keeps_the_order() {
        // MD5 of "771,4865-49195,0-10-11,29-23,0"
        var hello = Hello.named("a.example")
                .suites(0x0a0a, 0x1301, 0xc02b)
                .extensionOfNumbers(Extensions.SUPPORTED_GROUPS, 2, 0xfafa, 29, 23)
                .extension(Extensions.POINT_FORMATS, (byte) 1, (byte) 0)
                .read();
        assertEquals("3e916670429427a5a33c947802616cdc", Fingerprints.ja3(hello).orElseThrow());
    }

    @Test
    void half_a_hello_has_a_name_but_no_fingerprint() {
        byte[] body = browser().body();
        byte[] half = Arrays.copyOf(body, body.length - 1);
        var hello = ClientHello.read(new ByteCursor(half), false).orElseThrow();
        assertEquals("example.org", hello.serverName().orElseThrow());
        assertTrue(Fingerprints.ja3(hello).isEmpty());
        assertTrue(Fingerprints.ja4(hello, Carrier.TCP).isEmpty());
    }
}
