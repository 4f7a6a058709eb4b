package io.pairwire.dpi.ssh;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Secure shell, <a href="https://www.rfc-editor.org/rfc/rfc4253">RFC 4253</a>. */
@BuiltIn
public final class Ssh implements Protocol {
    private static final Attribute CLIENT = Attribute.text("ssh.client", "identification of the client");
    private static final Attribute SERVER = Attribute.text("ssh.server", "identification of the server");
    private static final Attribute HASSH = Attribute.fingerprint("ssh.hassh", "HASSH of the client");
    private static final Attribute HASSH_SERVER = Attribute.fingerprint("ssh.hassh_server", "HASSH of the server");
    private static final Attribute KEY_EXCHANGE =
            Attribute.text("ssh.kex", "methods of key exchange that the client offers, separated by commas");
    private static final Attribute CIPHERS =
            Attribute.text("ssh.ciphers", "ciphers that the client offers, separated by commas");
    private static final Attribute HOST_KEYS =
            Attribute.text("ssh.host_keys", "kinds of host keys that the server offers, separated by commas");

    private static final String START = "SSH-";

    /** For the registry. */
    public Ssh() {}

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public String label() {
        return "SSH";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(22), Trigger.starts(Transport.TCP, START));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(CLIENT, SERVER, HASSH, HASSH_SERVER, KEY_EXCHANGE, CIPHERS, HOST_KEYS);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.mayMatch(0, START)) return Recognition.NEVER;
        return payload.length() >= START.length() ? Recognition.YES : Recognition.MORE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Handshakes());
    }

    /** Both directions of one session. */
    private static final class Handshakes implements SessionParser {
        private final SshHandshake client = new SshHandshake();
        private final SshHandshake server = new SshHandshake();
        private boolean clientNamed;
        private boolean serverNamed;

        @Override
        public int take(Payload payload, Findings findings) {
            var side = payload.fromOriginator() ? client : server;
            boolean wasOver = side.isOver();
            side.offer(payload.memory(), payload.start(), payload.length());
            if (!clientNamed && client.identification().isPresent()) {
                clientNamed = true;
                findings.put(CLIENT, client.identification().get());
            }
            if (!serverNamed && server.identification().isPresent()) {
                serverNamed = true;
                findings.put(SERVER, server.identification().get());
            }
            if (!wasOver && side.isOver()) {
                side.algorithms().ifPresent(offer -> tell(offer, payload.fromOriginator(), findings));
            }
            return client.isOver() && server.isOver() ? DONE : payload.length();
        }

        private static void tell(KeyExchangeInit offer, boolean fromClient, Findings findings) {
            if (fromClient) {
                findings.put(KEY_EXCHANGE, offer.keyExchange());
                findings.put(CIPHERS, offer.ciphersToServer());
                if (findings.wants(HASSH)) findings.put(HASSH, offer.hassh());
            } else {
                findings.put(HOST_KEYS, offer.hostKeys());
                if (findings.wants(HASSH_SERVER)) findings.put(HASSH_SERVER, offer.hasshServer());
            }
        }
    }
}
