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

/** Real-time media, <a href="https://www.rfc-editor.org/rfc/rfc3550">RFC 3550</a> §5: loss and jitter of one direction. Nothing in a packet proves it, so three in a row have to agree. */
@BuiltIn
public final class Rtp implements Protocol {
    private static final Attribute SOURCE =
            Attribute.number("rtp.ssrc", "synchronisation source of the direction that spoke first");
    private static final Attribute TYPE = Attribute.number("rtp.payload_type", "kind of media, RFC 3551 §6");
    private static final Attribute LOST =
            Attribute.number("rtp.lost", "packets that did not come, by their sequence numbers");
    private static final Attribute JITTER =
            Attribute.duration("rtp.jitter", "interarrival jitter as RFC 3550 §6.4.1 computes it");

    private static final int HEADER = 12;
    private static final int AGREEING = 3;

    /** For the registry. */
    public Rtp() {}

    @Override
    public String name() {
        return "rtp";
    }

    @Override
    public String label() {
        return "RTP";
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
                HEADER,
                2048,
                List.of(new BytePattern(0, new byte[] {(byte) 0x80}, new byte[] {(byte) 0xc0}))));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(SOURCE, TYPE, LOST, JITTER);
    }

    /*
     * The note while it is asked: which direction (1), how many packets agreed (2), the sequence number that is next (3 to 18), and
     * 32 bits of the source (32 to 63).
     */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < HEADER || payload.u8(0) >>> 6 != 2) return Recognition.NEVER;
        int type = payload.u8(1) & 0x7f;
        if (type >= 64 && type <= 95)
            return type >= 72 && type <= 76 ? Recognition.MORE : Recognition.NEVER; // RTCP beside it
        if (type > 34 && type < 64 || HEADER + 4 * (payload.u8(0) & 15) > payload.sentLength())
            return Recognition.NEVER;
        if (payload.u32(8) == 0) return Recognition.NEVER;
        long direction = payload.fromOriginator() ? 1 : 2;
        long note = session.note();
        int sequence = payload.u16(2);
        long source = Integer.toUnsignedLong(payload.u32(8)) << 32;
        if (note != 0 && (note & 3) != direction) return Recognition.MORE;
        long agreed = note >>> 2 & 7;
        int ahead = sequence - (int) (note >>> 5 & 0xffff) & 0xffff;
        boolean follows = note != 0 && note >>> 32 == source >>> 32 && ahead < 16;
        if (note != 0 && !follows) return Recognition.NEVER;
        agreed++;
        if (agreed == AGREEING) return Recognition.YES;
        session.note(source | (long) (sequence + 1 & 0xffff) << 5 | agreed << 2 | direction);
        return Recognition.MORE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Stream());
    }

    /** The direction that spoke first. */
    private static final class Stream implements SessionParser {
        private static final int WINDOW = 1 << 15;
        private boolean begun;
        private boolean fromOriginator;
        private long source;
        private int rate;
        private long first;
        private long highest;
        private long received;
        private long transit;
        private double jitter;

        @Override
        public int take(Payload payload, Findings findings) {
            if (payload.length() < HEADER || payload.u8(0) >>> 6 != 2) return payload.length();
            int type = payload.u8(1) & 0x7f;
            if (type >= 64 && type <= 95) return payload.length();
            long its = Integer.toUnsignedLong(payload.u32(8));
            if (!begun) {
                begun = true;
                fromOriginator = payload.fromOriginator();
                source = its;
                first = payload.u16(2);
                highest = first - 1;
                rate = type == 9 || type < 20 ? 8_000 : 90_000;
                findings.put(SOURCE, its);
                findings.put(TYPE, type);
            }
            if (its != source || payload.fromOriginator() != fromOriginator) return payload.length();
            int ahead = (short) (payload.u16(2) - (int) highest);
            if (ahead > 0 && ahead < WINDOW) highest += ahead;
            received++;
            findings.put(LOST, Math.max(0, highest - first + 1 - received));
            jitter(payload, findings);
            return payload.length();
        }

        /** RFC 3550 §6.4.1, with the rate that the type of the payload implies (RFC 3551 §6). */
        private void jitter(Payload payload, Findings findings) {
            long sent = Integer.toUnsignedLong(payload.u32(4)) * 1_000_000_000L / rate;
            long now = payload.epochNanos() - sent;
            if (received > 1) {
                double difference = Math.abs((double) (now - transit));
                if (difference < 1e9) jitter += (difference - jitter) / 16;
                findings.put(JITTER, (long) jitter);
            }
            transit = now;
        }
    }
}
