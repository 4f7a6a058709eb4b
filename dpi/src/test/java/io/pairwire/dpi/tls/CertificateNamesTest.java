package io.pairwire.dpi.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.dpi.bytes.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {
    private static byte[] der(int tag, byte[]... parts) {
        var body = Hello.bytes();
        for (var part : parts) body.raw(part);
        byte[] bytes = body.toArray();
        var element = Hello.bytes().u8(tag);
        if (bytes.length < 128) element.u8(bytes.length);
        else element.u8(0x82).u16(bytes.length);
        return element.raw(bytes).toArray();
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] name(String common, String organisation) {
        return der(
                0x30,
                der(0x31, der(0x30, der(0x06, new byte[] {0x55, 4, 10}), text(0x0c, organisation))),
                der(0x31, der(0x30, der(0x06, new byte[] {0x55, 4, 3}), text(0x0c, common))));
    }

    private static byte[] certificate() {
        byte[] names =
                der(0x30, text(0x82, "WWW.example.org"), text(0x81, "x@example.org"), text(0x82, "*.example.net"));
        byte[] extensions = der(
                0xa3,
                der(
                        0x30,
                        der(
                                0x30,
                                der(0x06, new byte[] {0x55, 0x1d, 15}),
                                der(0x01, new byte[] {-1}),
                                der(0x04, new byte[4])),
                        der(0x30, der(0x06, new byte[] {0x55, 0x1d, 17}), der(0x04, names))));
        byte[] signed = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, new byte[9]),
                der(0x30, der(0x06, new byte[9])),
                name("Example CA", "Example Inc."),
                der(0x30, text(0x17, "260101000000Z"), text(0x17, "270101000000Z")),
                name("www.example.org", "Example"),
                der(0x30, new byte[200]),
                extensions);
        return der(0x30, signed, der(0x30, new byte[3]), der(0x03, new byte[64]));
    }

    @Test
    void tells_who_it_is_for_and_who_says_so() {
        byte[] certificate = certificate();
        byte[] message = Hello.bytes()
                .u24(certificate.length + 3)
                .u24(certificate.length)
                .raw(certificate)
                .toArray();
        assertEquals(
                new CertificateNames("www.example.org", "Example CA", List.of("www.example.org", "*.example.net")),
                CertificateNames.read(new ByteCursor(message)));
    }

    @Test
    void a_certificate_cut_anywhere_tells_what_is_there() {
        byte[] certificate = certificate();
        for (int length = 0; length <= certificate.length; length++) {
            var cut = new ByteCursor(new ByteCursor(certificate).bytes(length));
            var names = CertificateNames.readCertificate(cut);
            if (length == certificate.length) assertEquals(2, names.hosts().size());
        }
    }
}
