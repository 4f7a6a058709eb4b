package io.pairwire.dpi.protocol;

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
import java.util.List;
import java.util.Optional;

/** Reports about media, <a href="https://www.rfc-editor.org/rfc/rfc3550">RFC 3550</a> §6. */
@BuiltIn
public final class Rtcp implements Protocol {
    private static final Attribute CNAME = Attribute.text("rtcp.cname", "who sends");
    private static final Attribute LOST = Attribute.number("rtcp.lost", "packets lost, as the latest report says");
    private static final Attribute JITTER = Attribute.number(
            "rtcp.jitter", "interarrival jitter in units of the media clock, as the latest report says");

    private static final int SENDER = 200;
    private static final int RECEIVER = 201;
    private static final int DESCRIPTION = 202;

    /** For the registry. */
    public Rtcp() {}

    @Override
    public String name() {
        return "rtcp";
    }

    @Override
    public String label() {
        return "RTCP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(new Trigger.Bytes(
                Transport.UDP,
                Sides.EITHER,
                8,
                2048,
                List.of(new BytePattern(
                        0, new byte[] {(byte) 0x80, (byte) 0xc8}, new byte[] {(byte) 0xc0, (byte) 0xf8}))));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(CNAME, LOST, JITTER);
    }

    /** A row of reports that fills the datagram, the first of them a sender's or receiver's. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        int at = 0;
        while (payload.has(at, 4)) {
            if (payload.u8(at) >>> 6 != 2) return Recognition.NEVER;
            int type = payload.u8(at + 1);
            boolean report = type == SENDER || type == RECEIVER;
            if (at == 0 ? !report : type < SENDER || type > 207) return Recognition.NEVER;
            at += 4 + 4 * payload.u16(at + 2);
        }
        return at == payload.sentLength() || payload.isCut() ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Rtcp::take);
    }

    private static int take(Payload payload, Findings findings) {
        int at = 0;
        while (payload.has(at, 8)) {
            int length = 4 + 4 * payload.u16(at + 2);
            if (!payload.has(at, length)) break;
            int type = payload.u8(at + 1);
            int blocks = payload.u8(at) & 31;
            int block = at + (type == SENDER ? 28 : 8);
            if ((type == SENDER || type == RECEIVER) && blocks > 0 && block + 24 <= at + length) {
                findings.put(LOST, payload.u24(block + 5));
                findings.put(JITTER, Integer.toUnsignedLong(payload.u32(block + 12)));
            }
            if (type == DESCRIPTION && length >= 12 && payload.u8(at + 8) == 1) {
                int name = payload.u8(at + 9);
                if (payload.has(at + 10, name)) findings.put(CNAME, payload.text(at + 10, name));
            }
            at += length;
        }
        return payload.length();
    }
}
