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

/** Messages over what began as HTTP, <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>; HTTP hands over to it. */
@BuiltIn
public final class Websocket implements Protocol {
    private static final Attribute MESSAGES =
            Attribute.number("websocket.frames", "frames of both directions, of the first 64");
    private static final Attribute OPCODE =
            Attribute.number("websocket.opcode", "of the first frame: 1 text, 2 binary");
    private static final Attribute LONGEST =
            Attribute.number("websocket.longest", "bytes of the longest of these frames");

    /** For the registry. */
    public Websocket() {}

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public String label() {
        return "WebSocket";
    }

    @Override
    public List<String> parents() {
        return List.of("http");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(MESSAGES, OPCODE, LONGEST);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER; // frames look like anything
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Frames());
    }

    /** Both directions. */
    private static final class Frames implements SessionParser {
        private static final int MOST = 64;
        private int messages;
        private long longest;

        @Override
        public int take(Payload payload, Findings findings) {
            if (!payload.has(0, 2)) return 0;
            int opcode = payload.u8(0) & 15;
            if ((payload.u8(0) & 0x70) > 0x40 || opcode > 10 || opcode > 2 && opcode < 8) return DONE;
            boolean masked = (payload.u8(1) & 0x80) != 0;
            long length = payload.u8(1) & 0x7f;
            int header = 2;
            if (length == 126) {
                if (!payload.has(2, 2)) return 0;
                length = payload.u16(2);
                header = 4;
            } else if (length == 127) {
                if (!payload.has(2, 8)) return 0;
                length = payload.u64(2);
                header = 10;
            }
            if (length < 0 || length > Integer.MAX_VALUE - 14) return DONE;
            if (messages == 0) findings.put(OPCODE, opcode);
            findings.put(MESSAGES, ++messages);
            longest = Math.max(longest, length);
            findings.put(LONGEST, longest);
            return messages == MOST ? DONE : header + (masked ? 4 : 0) + (int) length;
        }
    }
}
