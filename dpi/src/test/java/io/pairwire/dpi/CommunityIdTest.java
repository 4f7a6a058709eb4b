package io.pairwire.dpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the values that the specification publishes. */
class CommunityIdTest {

    private static List<String> ids(Frame... frames) {
        var ids = new ArrayList<String>();
        var listener = new SessionListener() {
            @Override
            public void ended(Session session, EndCause cause) {
                ids.add(CommunityId.of(session));
            }
        };
        var inspector = new Inspector(
                new CatalogueBuilder().build(), SessionSettings.defaults(), Wanted.NONE, listener, new Random(1));
        for (Frame frame : frames) {
            byte[] bytes = frame.toEthernet();
            var packet = new Packet()
                    .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0)
                    .linkType(LinkType.ETHERNET);
            inspector.offer(packet);
        }
        inspector.finish();
        return ids;
    }

    @Test
    void both_directions_have_the_published_value() {
        var tcp = List.of("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
        assertEquals(tcp, ids(Frame.tcp("128.232.110.120", 34855, "66.35.250.204", 80)));
        assertEquals(tcp, ids(Frame.tcp("66.35.250.204", 80, "128.232.110.120", 34855)));
        var udp = List.of("1:d/FP5EW3wiY1vCndhwleRRKHowQ=");
        assertEquals(udp, ids(Frame.udp("192.168.1.52", 54585, "8.8.8.8", 53)));
        assertEquals(udp, ids(Frame.udp("8.8.8.8", 53, "192.168.1.52", 54585)));
    }

    @Test
    void echo_request_and_reply_have_the_same_value() {
        var icmp = List.of("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=");
        assertEquals(icmp, ids(Frame.icmpEcho("192.168.0.89", "192.168.0.1", 1, 1)));
        assertEquals(
                icmp, ids(Frame.icmpEcho("192.168.0.1", "192.168.0.89", 1, 1).reply()));
    }
}
