package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names in the first certificate of a server, <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>: who it is
 * for and who says so. Signatures are not looked at: this tells what was said, not what is true.
 *
 * @param subject the common name, or empty
 * @param issuer the common name of the issuer, its organisation if there is none, or empty
 * @param hosts DNS names among the alternative names, in lower case and in their order
 */
public record CertificateNames(String subject, String issuer, List<String> hosts) {
    /** Handshake type, RFC 5246 §7.4.2. */
    public static final int TYPE = 11;

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int BOOLEAN = 0x01;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final long COMMON_NAME = 0x550403;
    private static final long ORGANISATION = 0x55040a;
    private static final long ALTERNATIVE_NAMES = 0x551d11;
    private static final int MOST_HOSTS = 256;

    private static final CertificateNames NONE = new CertificateNames("", "", List.of());

    public CertificateNames {
        hosts = List.copyOf(hosts);
    }

    /** Reads the body of a certificate message of TLS 1.2 or older, as far as it was captured. */
    public static CertificateNames read(ByteCursor body) {
        var list = body.sliceUpTo(body.u24());
        return readCertificate(list.sliceUpTo(list.u24()));
    }

    /** Reads one certificate, DER. */
    public static CertificateNames readCertificate(ByteCursor certificate) {
        if (certificate.peek(0) != SEQUENCE) return NONE;
        var signed = Der.body(Der.body(certificate)); // Certificate, TBSCertificate
        if (signed.peek(0) == VERSION) Der.body(signed);
        Der.body(signed); // serial number
        Der.body(signed); // signature algorithm
        var issuer = name(Der.body(signed));
        Der.body(signed); // validity
        var subject = name(Der.body(signed));
        Der.body(signed); // public key
        var hosts = new ArrayList<String>();
        while (signed.hasMore()) {
            int tag = signed.peek(0);
            var element = Der.body(signed);
            if (tag == EXTENSIONS) extensions(Der.body(element), hosts);
        }
        return new CertificateNames(
                subject.common, issuer.common.isEmpty() ? issuer.organisation : issuer.common, hosts);
    }

    private record Name(String common, String organisation) {}

    private static Name name(ByteCursor sequence) {
        var common = "";
        var organisation = "";
        while (sequence.peek(0) == SET) {
            var set = Der.body(sequence);
            while (set.peek(0) == SEQUENCE) {
                var pair = Der.body(set);
                if (pair.peek(0) != OBJECT_IDENTIFIER) continue;
                long identifier = identifier(Der.body(pair));
                var value = Der.body(pair).restAsText();
                if (identifier == COMMON_NAME) common = value;
                if (identifier == ORGANISATION) organisation = value;
            }
        }
        return new Name(common, organisation);
    }

    private static void extensions(ByteCursor list, List<String> hosts) {
        while (list.peek(0) == SEQUENCE) {
            var extension = Der.body(list);
            long identifier = identifier(Der.body(extension));
            if (extension.peek(0) == BOOLEAN) Der.body(extension);
            if (identifier != ALTERNATIVE_NAMES) continue;
            var names = Der.body(Der.body(extension)); // out of its octet string
            while (names.hasMore() && hosts.size() < MOST_HOSTS) {
                int tag = names.peek(0);
                var value = Der.body(names);
                if (tag == DNS_NAME) hosts.add(value.restAsText().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The bytes of an identifier as a number; those that matter here have three. */
    private static long identifier(ByteCursor bytes) {
        return bytes.remaining() == 3 ? bytes.u24() : -1;
    }
}
