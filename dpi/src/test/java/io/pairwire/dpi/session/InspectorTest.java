package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.session.Wire.Talk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectorTest {
    private static final byte[] HELLO = "hello there".getBytes(StandardCharsets.US_ASCII);
    private static final int PORT = 7777;

    /** A protocol of a test: does what it is told. */
    private record Scripted(String name, Recognition answer, int taken, boolean throwing) implements Protocol {
        @Override
        public List<Trigger> triggers() {
            return List.of(Trigger.tcp(PORT), Trigger.udp(PORT));
        }

        @Override
        public Recognition recognise(Payload payload, Session session) {
            if (throwing) throw new IllegalStateException("on purpose");
            return answer;
        }

        @Override
        public Optional<SessionParser> parser(Session session) {
            return Optional.of((_, _) -> taken);
        }
    }

    private static Wire wire(Protocol... protocols) {
        var builder = new CatalogueBuilder();
        for (Protocol protocol : protocols) builder.with(protocol);
        return new Wire(builder.build(), SessionSettings.defaults(), Wanted.ALL);
    }

    private static Frame datagram(byte[] payload) {
        return Frame.udp("10.0.0.1", 5000, "10.0.0.2", PORT).payload(payload);
    }

    @Test
    void the_first_who_says_yes_is_the_label() {
        var wire = wire(
                new Scripted("no", Recognition.NEVER, 0, false),
                new Scripted("yes", Recognition.YES, SessionParser.DONE, false));
        var seen = wire.send(datagram(HELLO)).only();
        assertEquals("yes", seen.label());
        assertEquals("dpi", seen.confidence());
        assertEquals("ethernet.ipv4.udp.yes", seen.path());
    }

    @Test
    void a_protocol_that_throws_is_counted_and_switched_off_for_the_session() {
        var wire = wire(
                new Scripted("thrower", Recognition.YES, 0, true),
                new Scripted("yes", Recognition.YES, SessionParser.DONE, false));
        var seen = wire.send(datagram(HELLO)).send(datagram(HELLO)).only();
        assertEquals("yes", seen.label());
        assertEquals(1, wire.inspector.thrown().get("thrower"));
        assertEquals(1, wire.inspector.errors().get(ErrorCode.PROTOCOL_THREW));
    }

    @Test
    void a_recognition_that_is_taken_back_leaves_the_session_to_the_others() {
        var first = new Scripted("first", Recognition.YES, SessionParser.VIOLATION, false);
        var second = new Scripted("second", Recognition.YES, SessionParser.DONE, false);
        var stream = new Talk(PORT).open().ask(HELLO).over(wire(first, second)).only();
        assertEquals("second", stream.label());
        var datagrams = wire(first, second);
        assertEquals(
                "second",
                datagrams.send(datagram(HELLO)).send(datagram(HELLO)).only().label());
        assertEquals(1, datagrams.inspector.errors().get(ErrorCode.PROTOCOL_TOOK_BACK));
    }

    @Test
    void nobody_is_asked_for_ever() {
        var wire = wire(new Scripted("more", Recognition.MORE, 0, false));
        for (int i = 0; i < 100; i++) wire.send(datagram(HELLO));
        wire.finish();
        assertEquals(8, wire.inspector.statistics().asked());
        assertEquals("more", wire.ended.getFirst().label(), "guessed by its port");
        assertEquals("port", wire.ended.getFirst().confidence());
    }

    @Test
    void a_protocol_may_be_added_while_traffic_runs() {
        var catalogue = new CatalogueBuilder().build();
        var wire = new Wire(catalogue, SessionSettings.defaults(), Wanted.ALL);
        wire.send(datagram(HELLO));
        wire.inspector.use(catalogue.with(new Scripted("late", Recognition.YES, SessionParser.DONE, false)));
        assertEquals("late", wire.send(datagram(HELLO)).only().label());
    }

    @Test
    void sessions_end_after_their_timeout_and_a_later_packet_begins_another() {
        var wire = wire();
        wire.send(datagram(HELLO)).after(59 * Wire.SECOND).send(datagram(HELLO));
        wire.after(61 * Wire.SECOND).send(datagram(HELLO));
        wire.finish();
        assertEquals(2, wire.ended.size());
        assertEquals(EndCause.IDLE, wire.ended.getFirst().cause());
        assertEquals(2, wire.ended.getFirst().packetsOut());
    }

    @Test
    void established_connections_are_kept_longer_than_attempts() {
        var wire = wire();
        new Talk(PORT).open().over(wire);
        wire.send(Frame.tcp("10.0.0.3", 1, "10.0.0.4", 2).flags(Tcp.SYN));
        wire.after(30 * Wire.SECOND).send(datagram(HELLO));
        assertEquals(1, wire.ended.size());
        assertEquals("S0", wire.ended.getFirst().state());
    }

    /** One step for each session that ends: a walk second by second would not come back. */
    @Test
    void time_may_jump_thirty_years_both_ways() {
        var wire = wire();
        long year = 365L * 86_400 * Wire.SECOND;
        for (int i = 0; i < 1_000; i++)
            wire.send(Frame.udp("10.0.0.1", i + 1, "10.0.0.2", 9).payload(HELLO));
        wire.after(30 * year).send(datagram(HELLO));
        assertEquals(1_000, wire.ended.size());
        wire.after(-60 * year).send(datagram(HELLO));
        wire.after(30 * year).send(datagram(HELLO));
        wire.finish();
        assertEquals(1_001, wire.ended.size(), "late packets count as of the latest time");
        assertTrue(wire.inspector.errors().get(ErrorCode.TIME_WENT_BACK) >= 1);
    }

    @Test
    void when_all_are_decided_the_one_idle_for_longest_goes() {
        var settings = SessionSettings.defaults().withMemory(1 << 20);
        var yes = new Scripted("yes", Recognition.YES, SessionParser.DONE, false);
        var wire = new Wire(new CatalogueBuilder().with(yes).build(), settings, Wanted.NONE);
        for (int i = 0; i < 3_000; i++) {
            wire.send(Frame.udp(0x0b000000L + i, 1024, 0x0a000002L, PORT).payload(HELLO));
        }
        long evicted = wire.inspector.statistics().evicted();
        assertTrue(evicted > 500, "evicted " + evicted);
        for (int i = 0; i < evicted; i++) {
            assertEquals(EndCause.EVICTED, wire.ended.get(i).cause());
            assertEquals(i + 1, wire.ended.get(i).id(), "the one heard of first goes first");
        }
    }

    @Test
    void a_flood_of_syns_stays_inside_the_memory_and_spares_what_is_decided() {
        var settings = SessionSettings.defaults().withMemory(1 << 20);
        var yes = new Scripted("yes", Recognition.YES, SessionParser.DONE, false);
        var wire = new Wire(new CatalogueBuilder().with(yes).build(), settings, Wanted.NONE);
        wire.send(datagram(HELLO));
        for (int i = 0; i < 20_000; i++) {
            wire.send(Frame.tcp(0x0b000000L + i, 1024, 0x0a000002L, 80).flags(Tcp.SYN));
            wire.now -= Wire.MILLISECOND;
        }
        var statistics = wire.inspector.statistics();
        assertTrue(statistics.memory() <= 1 << 20, "uses " + statistics.memory());
        assertTrue(statistics.evicted() > 15_000, "evicted " + statistics.evicted());
        assertEquals(statistics.begun(), statistics.open() + statistics.evicted() + statistics.endedIdle());
        wire.finish();
        assertEquals(
                EndCause.FINISHED,
                wire.ended.stream()
                        .filter(s -> s.label().equals("yes"))
                        .findFirst()
                        .orElseThrow()
                        .cause());
    }

    @Test
    void the_packet_inside_a_tunnel_has_a_session_of_its_own_below_the_tunnels() {
        byte[] inner =
                Frame.udp("192.0.2.1", 5000, "192.0.2.2", PORT).payload(HELLO).toEthernet();
        var vxlan = new byte[8 + inner.length];
        vxlan[0] = 8;
        System.arraycopy(inner, 0, vxlan, 8, inner.length);
        var wire = wire(new Scripted("yes", Recognition.YES, SessionParser.DONE, false));
        wire.send(Frame.udp("10.0.0.1", 4000, "10.0.0.2", 4789).payload(vxlan));
        wire.finish();
        assertEquals(2, wire.ended.size());
        var outer = wire.ended.getFirst();
        var inside = wire.ended.getLast();
        assertEquals("VXLAN", outer.label());
        assertEquals("yes", inside.label());
        assertEquals(outer.id(), inside.parent());
        assertEquals("ethernet.ipv4.udp.vxlan.ethernet.ipv4.udp.yes", inside.path());
    }

    @Test
    void fragments_count_when_their_datagram_is_complete() {
        var payload = new byte[1_000];
        var wire = wire();
        wire.send(Frame.udp("10.0.0.1", 5000, "10.0.0.2", PORT)
                .fragment(9, 0, true)
                .udpLength(8 + payload.length)
                .payload(payload, 0, 496));
        wire.send(Frame.udp("10.0.0.1", 5000, "10.0.0.2", PORT)
                .fragment(9, 504, false)
                .payload(payload, 496, 504));
        var seen = wire.only();
        assertEquals(PORT, seen.destinationPort());
        assertEquals(1_000, seen.payloadOut());
        assertEquals(1, wire.inspector.statistics().fragmentsHeld());
    }

    @Test
    void every_packet_is_counted_on_one_path() {
        var wire = wire(new Scripted("yes", Recognition.YES, SessionParser.DONE, false));
        wire.send(Frame.arp("10.0.0.1", "10.0.0.2"));
        new Talk(PORT).open().ask(HELLO).over(wire);
        wire.finish();
        var paths = wire.inspector.paths();
        assertEquals(
                List.of("ethernet.arp", "ethernet.ipv4.tcp.yes"),
                paths.stream().map(PathStatistics::path).toList());
        assertEquals(4, paths.getLast().packets(), "those before the recognition too");
        assertEquals(1, paths.getLast().sessions());
        assertEquals(HELLO.length, paths.getLast().payloadBytes());
    }

    @Test
    void a_session_that_was_announced_is_a_child_from_its_first_packet() {
        var announcer = new Protocol() {
            @Override
            public String name() {
                return "announcer";
            }

            @Override
            public List<Trigger> triggers() {
                return List.of(Trigger.udp(PORT));
            }

            @Override
            public Recognition recognise(Payload payload, Session session) {
                return Recognition.YES;
            }

            @Override
            public Optional<SessionParser> parser(Session session) {
                return Optional.of((_, findings) -> {
                    findings.expect("child", Transport.TCP, 0, 0x0a000002L, 6000);
                    return SessionParser.DONE;
                });
            }
        };
        var child = new Scripted("child", Recognition.NEVER, SessionParser.DONE, false);
        var wire = wire(announcer, child);
        wire.send(datagram(HELLO));
        wire.send(Frame.tcp("10.0.0.9", 1, "10.0.0.2", 6000).flags(Tcp.SYN));
        wire.finish();
        var seen = wire.ended.stream().filter(s -> s.l4() == 6).findFirst().orElseThrow();
        assertEquals("child", seen.label());
        assertEquals("cache", seen.confidence());
        assertEquals(1, seen.parent());
    }

    @Test
    void inspectors_share_nothing() {
        Catalogue catalogue = Catalogue.builtIn();
        var one = new Wire(catalogue, SessionSettings.defaults(), Wanted.ALL);
        var other = new Wire(catalogue, SessionSettings.defaults(), Wanted.ALL);
        one.send(datagram(HELLO));
        assertEquals(0, other.inspector.statistics().packets());
        assertEquals(1, one.inspector.statistics().packets());
    }

    @Test
    void what_goes_through_a_proxy_is_looked_into() {
        var five = new Wire.Talk(1080)
                .open()
                .ask("\5\1\2")
                .answer("\5\2")
                .ask("\1\3bob\2pw")
                .answer("\1\0")
                .ask("\5\1\0\3\13example.org\0\120")
                .answer("\5\0\0\1\0\0\0\0\0\0")
                .ask("GET /inside HTTP/1.1\r\nHost: example.org\r\n\r\n")
                .answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        var seen = five.over(new Wire()).only();
        assertEquals("SOCKS.HTTP", seen.label());
        assertEquals(List.of("example.org"), seen.attributes().get("socks.target"));
        assertEquals(List.of("/inside"), seen.attributes().get("http.uri"));
        assertEquals(List.of("404"), seen.attributes().get("http.status"));
        var four = new Wire.Talk(1080)
                .open()
                .ask("\4\1\0\120\300\0\2\7me\0")
                .answer("\0\132\0\0\0\0\0\0")
                .ask("GET /four HTTP/1.0\r\n\r\n");
        assertEquals(List.of("/four"), four.over(new Wire()).only().attributes().get("http.uri"));
        var refused = new Wire.Talk(1080)
                .open()
                .ask("\4\1\0\120\300\0\2\7me\0")
                .answer("\0\133\0\0\0\0\0\0")
                .ask("GET /four HTTP/1.0\r\n\r\n");
        assertEquals("SOCKS", refused.over(new Wire()).only().label());
    }
}
