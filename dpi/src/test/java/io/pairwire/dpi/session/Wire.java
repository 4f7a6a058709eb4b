package io.pairwire.dpi.session;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A wire with an inspector on it: frames go in, what became of sessions comes out. */
public final class Wire implements SessionListener {
    public static final long START = 1_700_000_000_000_000_000L;
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    /** What a session was when it ended. */
    public record Seen(
            long id,
            long parent,
            int l4,
            int sourcePort,
            int destinationPort,
            String label,
            String confidence,
            String path,
            String state,
            String history,
            long packetsOut,
            long packetsIn,
            long payloadOut,
            long payloadIn,
            long rtt,
            long retransmissions,
            long outOfOrder,
            long missed,
            Map<String, List<String>> attributes,
            EndCause cause) {}

    public final List<Seen> ended = new ArrayList<>();
    final Inspector inspector;
    private final Packet packet = new Packet();
    long now = START;
    private long number;

    public Wire() {
        this(Catalogue.builtIn(), SessionSettings.defaults(), Wanted.ALL);
    }

    public Wire(Catalogue catalogue, SessionSettings settings, Wanted wanted) {
        inspector = new Inspector(catalogue, settings, wanted, this, new Random(7));
    }

    public Wire send(Frame frame) {
        return bytes(frame.toEthernet());
    }

    Wire bytes(byte[] frame) {
        return offer(frame, frame.length, LinkType.ETHERNET);
    }

    /** The first bytes of a frame, as a snapshot length leaves them. */
    Wire cut(byte[] frame, int length) {
        return offer(frame, length, LinkType.ETHERNET);
    }

    Wire linkType(byte[] frame, int linkType) {
        return offer(frame, frame.length, linkType);
    }

    private Wire offer(byte[] frame, int captured, int linkType) {
        now += MILLISECOND;
        packet.moveTo(MemorySegment.ofArray(frame), 0, captured, frame.length, now)
                .linkType(linkType)
                .from(0, ++number);
        inspector.offer(packet);
        return this;
    }

    Wire after(long nanos) {
        now += nanos;
        return this;
    }

    /** Ends the input and answers all sessions in the order of their ends. */
    public List<Seen> finish() {
        inspector.finish();
        return ended;
    }

    /** The only session there was. */
    public Seen only() {
        finish();
        if (ended.size() != 1) throw new AssertionError("not one session: " + ended);
        return ended.getFirst();
    }

    @Override
    public void ended(Session s, EndCause cause) {
        var attributes = new TreeMap<String, List<String>>();
        for (int i = 0; i < s.attributes().count(); i++) {
            Attribute attribute = s.attributes().attribute(i);
            attributes.put(attribute.name(), s.attributes().texts(attribute));
        }
        ended.add(new Seen(
                s.id(),
                s.parent(),
                s.ipProtocol(),
                s.originatorPort(),
                s.responderPort(),
                String.join(".", s.label()),
                s.confidence().text(),
                s.path(),
                s.state(),
                s.history(),
                s.packets(Direction.ORIGINATOR),
                s.packets(Direction.RESPONDER),
                s.payloadBytes(Direction.ORIGINATOR),
                s.payloadBytes(Direction.RESPONDER),
                s.roundTripNanos(),
                s.retransmissions(Direction.ORIGINATOR) + s.retransmissions(Direction.RESPONDER),
                s.outOfOrder(Direction.ORIGINATOR) + s.outOfOrder(Direction.RESPONDER),
                s.missedBytes(Direction.ORIGINATOR) + s.missedBytes(Direction.RESPONDER),
                attributes,
                cause));
    }

    /** What one side says before the other speaks. */
    public record Turn(boolean fromClient, int port, long sequence, byte[] bytes) {

        /** A part of it. */
        Frame segment(int at, int length) {
            Frame frame = fromClient
                    ? Frame.tcp("10.0.0.1", 4000, "10.0.0.2", port)
                    : Frame.tcp("10.0.0.2", port, "10.0.0.1", 4000);
            return frame.sequence(sequence + at).payload(bytes, at, length);
        }
    }

    /** A TCP connection between 10.0.0.1:4000 and 10.0.0.2 that keeps its sequence numbers. */
    public static final class Talk {
        private final int port;
        long client = 1_000;
        long server = 9_000;
        private final List<Frame> frames = new ArrayList<>();
        private final List<Turn> turns = new ArrayList<>();

        public Talk(int port) {
            this.port = port;
        }

        Frame fromClient() {
            return Frame.tcp("10.0.0.1", 4000, "10.0.0.2", port)
                    .sequence(client)
                    .acknowledgment(server);
        }

        Frame fromServer() {
            return Frame.tcp("10.0.0.2", port, "10.0.0.1", 4000)
                    .sequence(server)
                    .acknowledgment(client);
        }

        public Talk open() {
            frames.add(fromClient().flags(Tcp.SYN));
            client++;
            frames.add(fromServer().flags(Tcp.SYN | Tcp.ACK));
            server++;
            frames.add(fromClient());
            return this;
        }

        public Talk ask(String text) {
            return ask(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Talk ask(byte[] bytes) {
            turns.add(new Turn(true, port, client, bytes));
            frames.add(fromClient().payload(bytes).flags(Tcp.PSH | Tcp.ACK));
            client += bytes.length;
            return this;
        }

        public Talk answer(String text) {
            return answer(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Talk answer(byte[] bytes) {
            turns.add(new Turn(false, port, server, bytes));
            frames.add(fromServer().payload(bytes).flags(Tcp.PSH | Tcp.ACK));
            server += bytes.length;
            return this;
        }

        public Talk close() {
            frames.add(fromClient().flags(Tcp.FIN | Tcp.ACK));
            client++;
            frames.add(fromServer().flags(Tcp.FIN | Tcp.ACK));
            server++;
            frames.add(fromClient());
            return this;
        }

        public List<Frame> frames() {
            return frames;
        }

        /** What was said, in order. */
        public List<Turn> turns() {
            return turns;
        }

        public Wire over(Wire wire) {
            frames.forEach(wire::send);
            return wire;
        }
    }
}
