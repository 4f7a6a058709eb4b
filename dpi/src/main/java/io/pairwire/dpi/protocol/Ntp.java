package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Network time, <a href="https://www.rfc-editor.org/rfc/rfc5905">RFC 5905</a> §7.3, and its control messages, RFC 9327. */
@BuiltIn
public final class Ntp implements Protocol {
    private static final Attribute VERSION = Attribute.number("ntp.version", "1 to 4");
    private static final Attribute MODE =
            Attribute.number("ntp.mode", "3 client, 4 server, 6 control").list();
    private static final Attribute STRATUM = Attribute.number("ntp.stratum", "distances from the reference clock")
            .list();
    private static final Attribute REFERENCE = Attribute.bytes("ntp.reference", "which clock that is");

    private static final int HEADER = 48;
    private static final int MOST_STRATUM = 16; // not synchronised
    private static final int CONTROL = 6;
    private static final int PRIVATE = 7;

    /** For the registry. */
    public Ntp() {}

    @Override
    public String name() {
        return "ntp";
    }

    @Override
    public String label() {
        return "NTP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(123));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, MODE, STRATUM, REFERENCE);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 1) return Recognition.NEVER;
        int version = payload.u8(0) >> 3 & 7;
        int mode = payload.u8(0) & 7;
        if (version < 1 || version > 4) return Recognition.NEVER;
        if (mode == CONTROL || mode == PRIVATE) return payload.sentLength() >= 8 ? Recognition.YES : Recognition.NEVER;
        boolean plausible = payload.sentLength() >= HEADER && payload.has(1, 1) && payload.u8(1) <= MOST_STRATUM;
        return plausible ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Exchange());
    }

    /** The first packets of one session; each number is told once. */
    private static final class Exchange implements SessionParser {
        private static final int MOST_PACKETS = 32;

        private final BitSet strata = new BitSet();
        private int packets;
        private int modes;

        @Override
        public int take(Payload payload, Findings findings) {
            if (++packets > MOST_PACKETS) return DONE;
            if (payload.length() < 2) return payload.length();
            int mode = payload.u8(0) & 7;
            findings.put(VERSION, payload.u8(0) >> 3 & 7);
            if ((modes & 1 << mode) == 0) findings.put(MODE, mode);
            modes |= 1 << mode;
            if (mode >= CONTROL) return payload.length();
            int stratum = payload.u8(1);
            if (!strata.get(stratum)) findings.put(STRATUM, stratum);
            strata.set(stratum);
            if (payload.has(12, 4)) findings.put(REFERENCE, payload.bytes(12, 4));
            return payload.length();
        }
    }
}
