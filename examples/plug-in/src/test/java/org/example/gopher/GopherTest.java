package org.example.gopher;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GopherTest {
    private static final String MENU = "1About\t/about\tgopher.example.org\t70\r\n0Notes\t/n.txt\tgopher.example.org\t70\r\n.\r\n";

    @Test
    void a_menu_is_gopher_and_its_items_are_counted() {
        assertEquals(List.of("[Gopher] /start 2"), sessions(MENU));
    }

    @Test
    void another_answer_on_that_port_is_only_a_guess() {
        assertEquals(List.of("[Gopher] - -"), sessions("some text file\r\nwithout tabs\r\n"));
    }

    /** What is told of a session on port 70 with that answer. */
    private static List<String> sessions(String answer) {
        var told = new ArrayList<String>();
        var listener = new SessionListener() {
            @Override
            public void ended(Session session, EndCause cause) {
                String selector = "-";
                String items = "-";
                for (int i = 0; i < session.attributes().count(); i++) {
                    String name = session.attributes().attribute(i).name();
                    if (name.equals("gopher.selector")) selector = session.attributes().text(i);
                    if (name.equals("gopher.items")) items = session.attributes().text(i);
                }
                told.add(session.label() + " " + selector + " " + items);
            }
        };
        var inspector = new Inspector(
                Catalogue.builtIn().with(new Gopher()), SessionSettings.defaults(), Wanted.ALL, listener, new Random(1));
        offer(inspector, Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 70).sequence(1), "/start\r\n", 1);
        offer(inspector, Frame.tcp("10.0.0.2", 70, "10.0.0.1", 4000).sequence(1), answer, 2);
        inspector.finish();
        return told;
    }

    private static void offer(Inspector inspector, Frame frame, String payload, long epochNanos) {
        byte[] bytes = frame.payload(payload.getBytes(StandardCharsets.US_ASCII)).toEthernet();
        var packet = new Packet().moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, epochNanos);
        inspector.offer(packet.linkType(LinkType.ETHERNET));
    }
}
