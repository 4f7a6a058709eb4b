package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.registry.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is found does not depend on how a stream was cut, shuffled, doubled or wrapped. */
class SplitProperties {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    private static final List<String> CLIENTS = List.of(
            "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: a browser\r\n\r\n",
            "POST /form HTTP/1.1\r\nHost: example.net\r\nContent-Length: 20\r\n\r\n12345678901234567890"
                    + "GET /after HTTP/1.1\r\nHost: example.net\r\n\r\n",
            "*1\r\n$4\r\nPING\r\n",
            "@RSYNCDX: 30.0\n".replace("X", ""),
            dns());

    private static final int[] PORTS = {8080, 80, 6379, 873, 53};

    private static String dns() {
        return "\0\35" + "\1\2\1\0\0\1\0\0\0\0\0\0" + "\7example\3org\0" + "\0\1\0\1";
    }

    @Property(tries = 60)
    void label_and_attributes_stay_the_same(@ForAll long seed) {
        var random = new Random(seed);
        int which = random.nextInt(CLIENTS.size());
        byte[] bytes = CLIENTS.get(which).getBytes(StandardCharsets.ISO_8859_1);
        var whole = new ArrayList<Frame>();
        whole.add(segment(PORTS[which], bytes, 0, bytes.length));
        var pieces = new ArrayList<Frame>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(7));
            Frame frame = segment(PORTS[which], bytes, at, length);
            pieces.add(frame);
            if (random.nextInt(4) == 0) pieces.add(frame);
            at += length;
        }
        shuffle(pieces, random);
        int wrapping = random.nextInt(3);
        assertEquals(told(whole, PORTS[which], 0), told(pieces, PORTS[which], wrapping), "case " + which);
    }

    /** Nothing moves by more than eight places. */
    private static void shuffle(List<Frame> frames, Random random) {
        for (int i = 0; i + 8 <= frames.size(); i += 8) {
            Collections.shuffle(frames.subList(i, i + 8), random);
        }
    }

    private static Frame segment(int port, byte[] bytes, int from, int length) {
        return Frame.tcp("10.0.0.1", 4000, "10.0.0.2", port)
                .sequence(1_001 + from)
                .payload(bytes, from, length);
    }

    private static Map.Entry<String, Map<String, List<String>>> told(List<Frame> frames, int port, int wrapping) {
        var wire = new Wire(CATALOGUE, SessionSettings.defaults(), Wanted.ALL);
        send(wire, Frame.tcp("10.0.0.1", 4000, "10.0.0.2", port).flags(Tcp.SYN).sequence(1_000), wrapping);
        for (Frame frame : frames) send(wire, frame, wrapping);
        var seen = wire.finish().getLast();
        return Map.entry(seen.label() + " " + seen.confidence(), seen.attributes());
    }

    private static void send(Wire wire, Frame frame, int wrapping) {
        switch (wrapping) {
            case 0 -> wire.send(frame);
            case 1 -> {
                byte[] tagged = frame.toEthernet();
                var framed = new byte[tagged.length + 8];
                System.arraycopy(tagged, 0, framed, 0, 12);
                byte[] tags = {(byte) 0x88, (byte) 0xa8, 0, 5, (byte) 0x81, 0, 0, 7};
                System.arraycopy(tags, 0, framed, 12, 8);
                System.arraycopy(tagged, 12, framed, 20, tagged.length - 12);
                wire.bytes(framed);
            }
            default -> {
                byte[] inner = frame.toRaw();
                var gre = new byte[4 + inner.length];
                gre[2] = 8;
                System.arraycopy(inner, 0, gre, 4, inner.length);
                wire.send(Frame.ip("172.16.0.1", "172.16.0.2", 47).payload(gre));
            }
        }
    }
}
