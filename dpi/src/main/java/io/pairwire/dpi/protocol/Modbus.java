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
import java.util.List;
import java.util.Optional;

/** Industrial control, MODBUS Messaging on TCP/IP §3.1. */
@BuiltIn
public final class Modbus implements Protocol {
    private static final Attribute UNIT = Attribute.number("modbus.unit", "which device behind the address");
    private static final Attribute FUNCTIONS = Attribute.number(
                    "modbus.function", "3 read registers, 6 and 16 write; 128 more is an error")
            .list();

    /** The function under which Schneider's Unified Messaging Application Services travel. */
    private static final int UMAS = 0x5a;

    /** For the registry. */
    public Modbus() {}

    @Override
    public String name() {
        return "modbus";
    }

    @Override
    public String label() {
        return "Modbus";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(502));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(UNIT, FUNCTIONS);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 8) return Recognition.MORE;
        int length = payload.u16(4);
        int function = payload.u8(7) & 0x7f;
        boolean known = function >= 1 && function <= 0x2b || function == UMAS;
        if (payload.u16(2) != 0 || length < 2 || length > 254 || !known) return Recognition.NEVER;
        int next = 6 + length; // the header of another frame follows, or nothing
        return !payload.has(next, 4) || payload.u16(next + 2) == 0 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Frames());
    }

    /** Both directions. */
    private static final class Frames implements SessionParser {
        private static final int MOST = 256;
        private int frames;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            while (payload.has(at, 8)) {
                if (payload.u16(at + 2) != 0) return DONE;
                findings.put(UNIT, payload.u8(at + 6));
                findings.put(FUNCTIONS, payload.u8(at + 7));
                if ((payload.u8(at + 7) & 0x7f) == UMAS) findings.carries("umas");
                if (++frames == MOST) return DONE;
                at += 6 + Math.max(2, payload.u16(at + 4));
            }
            return at;
        }
    }
}
