package io.pairwire.dpi.quic;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.tls.Fingerprints.Carrier;
import io.pairwire.dpi.tls.HelloFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** QUIC, <a href="https://www.rfc-editor.org/rfc/rfc9000">RFC 9000</a>, RFC 9369, the drafts before, and Google's own. */
@BuiltIn
public final class Quic implements Protocol {
    private static final HelloFindings.Names NAMES = HelloFindings.Names.of("quic");
    private static final Attribute WIRE_VERSION =
            Attribute.number("quic.wire_version", "version in the first header; 1 is that of RFC 9000");
    private static final Attribute USER_AGENT =
            Attribute.text("quic.user_agent", "the program, as Google's QUIC said it");

    private static final byte[] LONG_HEADER = {(byte) 0xc0};
    private static final byte[] LONG_HEADER_MASK = {(byte) 0xc0};

    /** For the registry. */
    public Quic() {}

    @Override
    public String name() {
        return "quic";
    }

    @Override
    public String label() {
        return "QUIC";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(443),
                new Trigger.Bytes(
                        Transport.UDP,
                        Sides.EITHER,
                        20,
                        Integer.MAX_VALUE,
                        List.of(new BytePattern(0, LONG_HEADER, LONG_HEADER_MASK))),
                Trigger.bytes(Transport.UDP, BytePattern.text(9, "Q0")));
    }

    @Override
    public List<Attribute> attributes() {
        var all = new ArrayList<>(NAMES.all());
        all.add(WIRE_VERSION);
        all.add(USER_AGENT);
        return List.copyOf(all);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        var datagram = cursor(payload);
        if (QuicHandshake.isLongHeader(datagram) || GoogleQuic.isClientPacket(datagram)) return Recognition.YES;
        return payload.u8(0) >>> 6 == 1 ? Recognition.MORE : Recognition.NEVER; // a short header says nothing
    }

    private static ByteCursor cursor(Payload payload) {
        return payload.cursor(0, payload.length());
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Initials());
    }

    /** The first packets of one session. */
    private static final class Initials implements SessionParser {
        /** Datagrams after which the clear part is long over. */
        private static final int MOST_DATAGRAMS = 24;

        private final HelloFindings hellos = new HelloFindings(NAMES, Carrier.QUIC);
        private final QuicHandshake handshake = new QuicHandshake(this::message);
        private @Nullable Findings findings;
        private int datagrams;

        @Override
        public int take(Payload payload, Findings findings) {
            var datagram = cursor(payload);
            if (datagrams == 0 && payload.length() > 5)
                findings.put(WIRE_VERSION, Integer.toUnsignedLong(payload.u32(1)));
            if (GoogleQuic.isClientPacket(datagram)) return google(datagram, payload, findings);
            this.findings = findings;
            handshake.offer(datagram, payload.fromOriginator());
            handshake.unfinishedHello().ifPresent(part -> hellos.unfinishedHello(part, findings));
            this.findings = null;
            boolean isEnough = hellos.isComplete() || hellos.isClientSeen() && !findings.wantsAny();
            return isEnough || ++datagrams == MOST_DATAGRAMS ? DONE : payload.length();
        }

        private int google(ByteCursor datagram, Payload payload, Findings findings) {
            datagrams++;
            var name = GoogleQuic.tag(datagram, "SNI\0");
            if (name.isEmpty()) return datagrams >= MOST_DATAGRAMS ? DONE : payload.length();
            var host = name.get().toLowerCase(Locale.ROOT);
            findings.put(NAMES.serverName(), host);
            findings.host(host);
            GoogleQuic.tag(datagram, "UAID").ifPresent(agent -> findings.put(USER_AGENT, agent));
            return DONE;
        }

        private void message(int type, ByteCursor body) {
            if (findings != null) hellos.message(type, body, findings);
        }
    }
}
