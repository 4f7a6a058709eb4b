package io.pairwire.dpi.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    /** Does it hold for a question about www.example.org? */
    private static boolean holds(String text) throws ConditionSyntaxException {
        var condition = Condition.compile(text, CATALOGUE);
        var held = new boolean[1];
        var listener = new SessionListener() {
            @Override
            public void ended(Session session, EndCause cause) {
                held[0] = condition.holds(session);
            }
        };
        var inspector = new Inspector(
                CATALOGUE, SessionSettings.defaults(), Wanted.of(condition.attributes()), listener, new Random(1));
        byte[] query = "\1\2\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
        byte[] frame =
                Frame.udp("10.1.2.3", 5000, "192.0.2.1", 53).payload(query).toEthernet();
        inspector.offer(new Packet()
                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, 0)
                .linkType(LinkType.ETHERNET));
        inspector.finish();
        return held[0];
    }

    @Test
    void tests_of_text_numbers_addresses_and_presence() throws ConditionSyntaxException {
        String[] holding = {
            "dns.qname endswith \"example.org\"",
            "dns.qname == WWW.EXAMPLE.ORG",
            "dns.qname contains ample",
            "dns.qname matches \"^www[.]\"",
            "dns.qname",
            "not dns.rcode",
            "dns.qtype in {1, 28}",
            "session.label == DNS and ip.src in 10.0.0.0/8",
            "ip.addr in {172.16.0.0/12, 192.0.2.1}",
            "port.dst == 53 && session.packets < 2",
            "tcp.retransmissions > 3 or session.bytes >= 0x10",
            "(session.state = S0 or session.state = SF) and ip.version != 6",
            "ip.dst != 10.0.0.1",
        };
        for (String text : holding) assertTrue(holds(text), text);
        for (String text : holding) assertEquals(false, holds("not (" + text + ")"), text);
    }

    @Test
    void and_binds_more_tightly_than_or() throws ConditionSyntaxException {
        assertTrue(holds("dns.qname or dns.qname and port.dst == 1"));
        assertEquals(false, holds("(dns.qname or dns.qname) and port.dst == 1"));
    }

    @Test
    void what_is_not_understood_is_shown_with_its_place() {
        var e = assertThrows(
                ConditionSyntaxException.class,
                () -> Condition.compile("session.packets > 3 and nothing == 1", CATALOGUE));
        assertEquals(24, e.position());
        for (String wrong : new String[] {
            "",
            "and",
            "session.packets >",
            "session.packets > x",
            "(session.packets > 1",
            "session.packets contains 3",
            "dns.qname > 3",
            "dns.qname matches \"[\"",
            "ip.src in 10.0.0.0/99",
            "session.packets > 1 )",
            "%%"
        }) {
            assertThrows(ConditionSyntaxException.class, () -> Condition.compile(wrong, CATALOGUE), wrong);
        }
        String deep = "(".repeat(5_000) + "dns.qname" + ")".repeat(5_000);
        assertThrows(ConditionSyntaxException.class, () -> Condition.compile(deep, CATALOGUE));
    }
}
