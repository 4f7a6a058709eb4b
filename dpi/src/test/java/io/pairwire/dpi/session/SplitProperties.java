package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.tls.Hello;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is found does not depend on how a stream was cut, shuffled, doubled or wrapped. */
class SplitProperties {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    /** What comes between the wire and the IP packet at hand. */
    private enum Wrapping {
        NONE,
        VLAN,
        QINQ,
        MPLS,
        GRE,
        VXLAN,
        GTP
    }

    private static final List<byte[]> CLIENTS = List.of(
            latin("GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: a browser\r\n\r\n"),
            latin("POST /form HTTP/1.1\r\nHost: example.net\r\nContent-Length: 20\r\n\r\n12345678901234567890"
                    + "GET /after HTTP/1.1\r\nHost: example.net\r\n\r\n"),
            latin("*1\r\n$4\r\nPING\r\n"),
            latin("@RSYNCDX: 30.0\n".replace("X", "")),
            latin(dns()),
            hello());

    private static final int[] PORTS = {8080, 80, 6379, 873, 53, 8443};

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hello() {
        return Hello.named("shop.example.org")
                .suites(0x1301, 0x1302, 0xc02f)
                .extensionOfNumbers(10, 2, 29, 23)
                .extensionOfNumbers(13, 2, 0x0403, 0x0804)
                .protocols("h2", "http/1.1")
                .record();
    }

    private static String dns() {
        return "\0\35" + "\1\2\1\0\0\1\0\0\0\0\0\0" + "\7example\3org\0" + "\0\1\0\1";
    }

    @Property(tries = 150)
    void label_and_attributes_stay_the_same(@ForAll long seed) {
        var random = new Random(seed);
        int which = random.nextInt(CLIENTS.size());
        byte[] bytes = CLIENTS.get(which);
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
        var wrapping = Wrapping.values()[random.nextInt(Wrapping.values().length)];
        assertEquals(
                told(whole, PORTS[which], Wrapping.NONE),
                told(pieces, PORTS[which], wrapping),
                "case " + which + " in " + wrapping);
    }

    @Test
    void the_name_of_the_server_and_the_fingerprint_survive_every_wrapping() {
        byte[] hello = CLIENTS.getLast();
        var whole = List.of(segment(8443, hello, 0, hello.length));
        var expected = told(whole, 8443, Wrapping.NONE);
        assertEquals("TLS DPI", expected.getKey());
        assertEquals(List.of("shop.example.org"), expected.getValue().get("tls.sni"));
        String ja4 = expected.getValue().get("tls.ja4").getFirst();
        assertTrue(ja4.matches("t12d0304h2_[0-9a-f]{12}_[0-9a-f]{12}"), ja4);
        var pieces = new ArrayList<Frame>();
        for (int at = 0; at < hello.length; at++) pieces.add(segment(8443, hello, at, 1));
        shuffle(pieces, new Random(1));
        for (Wrapping wrapping : Wrapping.values()) assertEquals(expected, told(pieces, 8443, wrapping), "" + wrapping);
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

    private static Map.Entry<String, Map<String, List<String>>> told(List<Frame> frames, int port, Wrapping wrapping) {
        var wire = new Wire(CATALOGUE, SessionSettings.defaults(), Wanted.ALL);
        send(wire, Frame.tcp("10.0.0.1", 4000, "10.0.0.2", port).flags(Tcp.SYN).sequence(1_000), wrapping);
        for (Frame frame : frames) send(wire, frame, wrapping);
        var seen = wire.finish().stream()
                .filter(session -> session.l4() == IpProtocol.TCP && session.destinationPort() == port)
                .toList();
        assertEquals(1, seen.size());
        return Map.entry(
                seen.getFirst().label() + " " + seen.getFirst().confidence().toUpperCase(Locale.ROOT),
                seen.getFirst().attributes());
    }

    private static void send(Wire wire, Frame frame, Wrapping wrapping) {
        switch (wrapping) {
            case NONE -> wire.send(frame);
            case VLAN -> wire.bytes(tagged(frame.toEthernet(), 0x81, 0, 0, 7));
            case QINQ -> wire.bytes(tagged(frame.toEthernet(), 0x88, 0xa8, 0, 5, 0x81, 0, 0, 7));
            case MPLS -> wire.bytes(labelled(frame.toEthernet()));
            case GRE ->
                wire.send(Frame.ip("172.16.0.1", "172.16.0.2", IpProtocol.GRE)
                        .payload(behind(frame.toRaw(), 0, 0, 8, 0)));
            case VXLAN ->
                wire.send(Frame.udp("172.16.0.1", 50_000, "172.16.0.2", 4789)
                        .payload(behind(frame.toEthernet(), 8, 0, 0, 0, 0, 0, 9, 0)));
            case GTP -> {
                byte[] inner = frame.toRaw();
                wire.send(Frame.udp("172.16.0.1", 2152, "172.16.0.2", 2152)
                        .payload(behind(inner, 0x30, 0xff, inner.length >> 8, inner.length, 0, 0, 0, 5)));
            }
        }
    }

    private static byte[] behind(byte[] inner, int... header) {
        var framed = new byte[header.length + inner.length];
        for (int i = 0; i < header.length; i++) framed[i] = (byte) header[i];
        System.arraycopy(inner, 0, framed, header.length, inner.length);
        return framed;
    }

    private static byte[] tagged(byte[] frame, int... tags) {
        var framed = new byte[frame.length + tags.length];
        System.arraycopy(frame, 0, framed, 0, 12);
        for (int i = 0; i < tags.length; i++) framed[12 + i] = (byte) tags[i];
        System.arraycopy(frame, 12, framed, 12 + tags.length, frame.length - 12);
        return framed;
    }

    /** Two labels, the second at the bottom (RFC 3032). */
    private static byte[] labelled(byte[] frame) {
        byte[] framed = tagged(frame, 0x88, 0x47, 0, 6, 0x40, 64, 0, 0, 0x51, 64);
        var without = new byte[framed.length - 2]; // the EtherType behind the labels
        System.arraycopy(framed, 0, without, 0, 22);
        System.arraycopy(framed, 24, without, 22, framed.length - 24);
        return without;
    }
}
