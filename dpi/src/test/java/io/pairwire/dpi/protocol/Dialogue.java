package io.pairwire.dpi.protocol;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A conversation that one protocol is asked about, and then follows: what was recognised, and what was found, a line each.
 * Streams are shown as the real thing does it: all from the start while it is asked, what is left over while it follows.
 */
final class Dialogue implements Findings {
    private final Protocol protocol;
    private final Transport transport;
    private final StubSession session;
    private final ByteArrayOutputStream[] asked = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    private final ByteArrayOutputStream[] left = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    private final long[] skip = new long[2];
    private final long[] position = new long[2];
    private final List<String> found = new ArrayList<>();
    private Recognition answer = Recognition.MORE;
    private Optional<SessionParser> parser = Optional.empty();

    private Dialogue(Protocol protocol, Transport transport, int port) {
        this.protocol = protocol;
        this.transport = transport;
        this.session = new StubSession(transport, 40_000, port);
    }

    static Dialogue tcp(Protocol protocol, int port) {
        return new Dialogue(protocol, Transport.TCP, port);
    }

    static Dialogue udp(Protocol protocol, int port) {
        return new Dialogue(protocol, Transport.UDP, port);
    }

    Dialogue client(String text) {
        return says(true, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Dialogue server(String text) {
        return says(false, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Dialogue clientHex(String hex) {
        return says(true, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    Dialogue serverHex(String hex) {
        return says(false, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    Dialogue says(boolean originator, byte[] bytes) {
        int side = originator ? 0 : 1;
        if (transport != Transport.TCP) {
            datagram(originator, bytes);
            return this;
        }
        if (answer == Recognition.MORE) {
            asked[side].writeBytes(bytes);
            answer = protocol.recognise(payload(asked[side].toByteArray(), originator, 0), session);
            if (answer != Recognition.YES) return this;
            parser = protocol.parser(session);
            left[0].writeBytes(asked[0].toByteArray());
            left[1].writeBytes(asked[1].toByteArray());
            follow(!originator);
            follow(originator);
        } else if (answer == Recognition.YES) {
            left[side].writeBytes(bytes);
            follow(originator);
        }
        return this;
    }

    private void datagram(boolean originator, byte[] bytes) {
        if (answer == Recognition.MORE) {
            answer = protocol.recognise(payload(bytes, originator, 0), session);
            if (answer == Recognition.YES) parser = protocol.parser(session);
        }
        if (answer == Recognition.YES && parser.isPresent()) {
            int used = parser.get().take(payload(bytes, originator, 0), this);
            if (used < 0) parser = Optional.empty();
        }
    }

    private void follow(boolean originator) {
        int side = originator ? 0 : 1;
        while (parser.isPresent() && left[side].size() > 0) {
            byte[] bytes = left[side].toByteArray();
            int passed = (int) Math.min(skip[side], bytes.length);
            skip[side] -= passed;
            position[side] += passed;
            byte[] rest = Arrays.copyOfRange(bytes, passed, bytes.length);
            left[side].reset();
            if (rest.length == 0) return;
            int used = parser.get().take(payload(rest, originator, position[side]), this);
            if (used < 0) {
                parser = Optional.empty();
                return;
            }
            int gone = Math.min(used, rest.length);
            skip[side] += used - gone;
            position[side] += gone;
            left[side].write(rest, gone, rest.length - gone);
            if (used == 0) return;
        }
    }

    /** The memory ends where the payload does. */
    private static Payload payload(byte[] bytes, boolean originator, long position) {
        return new Payload()
                .moveTo(
                        MemorySegment.ofArray(bytes),
                        0,
                        bytes.length,
                        bytes.length,
                        originator ? Direction.ORIGINATOR : Direction.RESPONDER,
                        position,
                        0);
    }

    Recognition answer() {
        return answer;
    }

    List<String> found() {
        return found;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public boolean wantsAny() {
        return true;
    }

    @Override
    public boolean wants(Attribute attribute) {
        return true;
    }

    @Override
    public void put(Attribute attribute, long value) {
        put(attribute, Long.toString(value));
    }

    @Override
    public void put(Attribute attribute, String value) {
        if (!protocol.attributes().contains(attribute)) throw new AssertionError("not declared: " + attribute);
        var line = attribute.name() + "=" + value;
        if (!attribute.isList()) found.removeIf(old -> old.startsWith(attribute.name() + "="));
        found.add(line);
    }

    @Override
    public void put(Attribute attribute, byte[] value) {
        put(attribute, HexFormat.of().formatHex(value));
    }

    @Override
    public void host(String name) {
        found.add("host " + name);
    }

    @Override
    public void alpn(String name) {
        found.add("alpn " + name);
    }

    @Override
    public void certificate(String name) {
        found.add("certificate " + name);
    }

    @Override
    public void application(String label) {
        found.add("application " + label);
    }

    @Override
    public void carries(String name) {
        found.add("carries " + name);
    }

    @Override
    public void handOver(String name) {
        found.add("hand over to " + name);
        parser = Optional.empty();
    }

    @Override
    public void expect(String name, Transport over, long high, long low, int port) {
        found.add("expect " + name + " at " + Long.toHexString(low) + ":" + port);
    }
}
