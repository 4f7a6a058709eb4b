package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.testkit.Allocations;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who listens hears of packets, sessions and batches, and reads numbers without garbage. */
class CallbacksTest {

    /** Frames from a list, a millisecond apart. */
    private static final class ListSource implements PacketSource {
        private final List<Frame> frames;
        private final Packet packet = new Packet();
        private int next;

        ListSource(List<Frame> frames) {
            this.frames = frames;
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            if (next == frames.size()) return END;
            int handed = 0;
            while (handed < limit && next < frames.size()) {
                byte[] bytes = frames.get(next).toEthernet();
                packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, next * Wire.MILLISECOND);
                handler.onPacket(packet.linkType(LinkType.ETHERNET).from(0, ++next));
                handed++;
            }
            return handed;
        }

        @Override
        public String fileName(int file) {
            return "list";
        }

        @Override
        public SourceStatistics statistics() {
            return new SourceStatistics(1, 0, 0, next, 0, 0, List.of());
        }

        @Override
        public void close() {}
    }

    @Test
    void packets_sessions_and_batches_are_told_in_their_order() throws IOException {
        var told = new ArrayList<String>();
        var listener = new SessionListener() {
            @Override
            public void began(Session session) {
                told.add("began " + session.id());
            }

            @Override
            public void packet(Session session, Packet packet, Direction direction) {
                told.add(packet.number() + " of " + session.id() + " " + direction);
            }

            @Override
            public void labelled(Session session) {
                told.add(session.label().getFirst());
            }

            @Override
            public void batch(int packets, long sessions) {
                told.add("batch of " + packets + ", sessions " + sessions);
            }

            @Override
            public void ended(Session session, EndCause cause) {
                told.add("ended " + session.id() + " " + cause);
            }
        };
        var inspector =
                new Inspector(Catalogue.builtIn(), SessionSettings.defaults(), Wanted.NONE, listener, new Random(1));
        var talk = new Wire.Talk(80).open().ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        var source = new ListSource(talk.frames());
        while (inspector.poll(source, 3) != PacketSource.END) {}
        inspector.finish();
        assertEquals(
                List.of(
                        "began 1",
                        "1 of 1 ORIGINATOR",
                        "2 of 1 RESPONDER",
                        "3 of 1 ORIGINATOR",
                        "batch of 3, sessions 1",
                        "HTTP",
                        "4 of 1 ORIGINATOR",
                        "batch of 1, sessions 0",
                        "ended 1 FINISHED"),
                told);
    }

    @Test
    void numbers_are_read_without_garbage() {
        var first = Attribute.number("test.first", "a number");
        var second = Attribute.duration("test.second", "a duration");
        var values = new AttributeValues();
        values.put(first, 1L << 40);
        values.put(second, 77);
        var sum = new long[1];
        assertEquals(
                0.0,
                Allocations.bytesPerCall(
                        () -> sum[0] += values.number(second, -1) + values.number(0) + (values.has(first) ? 1 : 0),
                        10_000));
    }
}
