package io.pairwire.dpi.tls;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.tls.Fingerprints.Carrier;
import java.util.List;

/**
 * Turns the messages of a handshake into findings: the same for TLS, DTLS and QUIC, each under its own name. Belongs to one
 * session.
 */
public final class HelloFindings {
    private final Names names;
    private final Carrier carrier;
    private boolean named;
    private boolean clientSeen;
    private boolean serverSeen;
    private boolean certificateSeen;
    private boolean newest;

    /** The attributes of one protocol. */
    public record Names(
            Attribute serverName,
            Attribute offered,
            Attribute chosen,
            Attribute version,
            Attribute cipher,
            Attribute ja3,
            Attribute ja3s,
            Attribute ja4,
            Attribute encryptedHello,
            Attribute subject,
            Attribute issuer,
            Attribute certificateHosts) {

        /** @param protocol what their names begin with */
        public static Names of(String protocol) {
            return new Names(
                    Attribute.text(protocol + ".sni", "the name of the server that the client asks for"),
                    Attribute.text(protocol + ".alpn", "application protocols offered, in their order")
                            .list(),
                    Attribute.text(protocol + ".alpn_chosen", "application protocol chosen, if that is in the clear"),
                    Attribute.number(
                            protocol + ".version", "version spoken, or offered if no answer was seen; 772 is TLS 1.3"),
                    Attribute.number(protocol + ".cipher", "cipher suite chosen"),
                    Attribute.fingerprint(protocol + ".ja3", "JA3 of the client"),
                    Attribute.fingerprint(protocol + ".ja3s", "JA3S of the server"),
                    Attribute.fingerprint(protocol + ".ja4", "JA4 of the client"),
                    Attribute.flag(
                            protocol + ".ech", "the client offers an encrypted hello; the name may be its provider's"),
                    Attribute.text(protocol + ".subject", "common name in the certificate"),
                    Attribute.text(protocol + ".issuer", "common name, or organisation, of who issued the certificate"),
                    Attribute.text(protocol + ".certificate_hosts", "alternative DNS names in the certificate")
                            .list());
        }

        public List<Attribute> all() {
            return List.of(
                    serverName,
                    offered,
                    chosen,
                    version,
                    cipher,
                    ja3,
                    ja3s,
                    ja4,
                    encryptedHello,
                    subject,
                    issuer,
                    certificateHosts);
        }
    }

    public HelloFindings(Names names, Carrier carrier) {
        this.names = names;
        this.carrier = carrier;
    }

    /** A whole message of a handshake. */
    public void message(int type, ByteCursor body, Findings findings) {
        switch (type) {
            case ClientHello.TYPE ->
                ClientHello.read(body, carrier == Carrier.DTLS).ifPresent(hello -> client(hello, findings));
            case ServerHello.TYPE -> ServerHello.read(body).ifPresent(hello -> server(hello, findings));
            case CertificateNames.TYPE -> certificate(body, findings);
            default -> {} // keys and signatures
        }
    }

    /** The beginning of a hello: the name may be in it already, and the rest may never come. */
    public void unfinishedHello(ByteCursor body, Findings findings) {
        if (named || clientSeen) return;
        ClientHello.read(body, carrier == Carrier.DTLS)
                .flatMap(ClientHello::serverName)
                .ifPresent(name -> name(name, findings));
    }

    private void name(String name, Findings findings) {
        if (named) return;
        named = true;
        findings.put(names.serverName, name);
        findings.host(name);
    }

    void client(ClientHello hello, Findings findings) {
        if (clientSeen) return; // the second one, after a cookie or a retry, offers the same
        clientSeen = true;
        hello.serverName().ifPresent(name -> name(name, findings));
        for (var protocol : hello.protocols()) findings.put(names.offered, protocol);
        if (hello.protocols().size() == 1) findings.alpn(hello.protocols().getFirst());
        if (!serverSeen) findings.put(names.version, hello.newestVersion());
        if (hello.extensions().isEncryptedHelloOffered()) findings.put(names.encryptedHello, 1);
        if (!hello.isWhole() || !findings.wants(names.ja3) && !findings.wants(names.ja4)) return;
        int bytes = hello.bytes();
        findings.putLate(names.ja3, bytes, () -> Fingerprints.ja3(hello).orElseThrow());
        findings.putLate(
                names.ja4, bytes, () -> Fingerprints.ja4(hello, carrier).orElseThrow());
    }

    private void server(ServerHello hello, Findings findings) {
        if (serverSeen) return;
        serverSeen = true;
        newest = hello.chosenVersion() == 0x0304 || hello.chosenVersion() == 0xfefc;
        findings.put(names.version, hello.chosenVersion());
        findings.put(names.cipher, hello.cipherSuite());
        if (!hello.protocols().isEmpty()) {
            findings.put(names.chosen, hello.protocols().getFirst());
            findings.alpn(hello.protocols().getFirst());
        }
        if (hello.isWhole() && findings.wants(names.ja3s)) {
            findings.putLate(
                    names.ja3s, hello.bytes(), () -> Fingerprints.ja3s(hello).orElseThrow());
        }
    }

    private void certificate(ByteCursor body, Findings findings) {
        if (certificateSeen || !serverSeen) return;
        certificateSeen = true;
        var certificate = CertificateNames.read(body);
        if (!certificate.subject().isEmpty()) {
            findings.put(names.subject, certificate.subject());
            findings.certificate(certificate.subject());
        }
        if (!certificate.issuer().isEmpty()) findings.put(names.issuer, certificate.issuer());
        for (var host : certificate.hosts()) {
            findings.put(names.certificateHosts, host);
            findings.certificate(host);
        }
    }

    /** Was the whole hello of the client there? */
    public boolean isClientSeen() {
        return clientSeen;
    }

    /** Is everything known that travels in the clear? */
    public boolean isComplete() {
        return clientSeen && serverSeen && (newest || certificateSeen);
    }
}
