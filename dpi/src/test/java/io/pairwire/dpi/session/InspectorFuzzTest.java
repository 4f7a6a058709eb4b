package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.CommunityId;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Whatever stands in payloads: nothing is thrown, neither by the inspector nor by a protocol, and everything is counted. */
class InspectorFuzzTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final int[] PORTS = {53, 80, 443, 5353, 69, 427, 5060, 21, 25, 110, 143, 22, 3389, 445, 4000, 50000};

    @FuzzTest
    void protocols_never_throw_and_no_packet_is_lost(FuzzedDataProvider input) {
        var inspector = new Inspector(
                CATALOGUE,
                SessionSettings.defaults().withMemory(2 << 20),
                Wanted.ALL,
                new SessionListener() {
                    @Override
                    public void ended(Session session, EndCause cause) {
                        CommunityId.of(session);
                    }
                },
                new Random(1));
        inspector.watchClosely(input.consumeBoolean());
        if (input.consumeBoolean()) inspector.files(new Everything());
        var packet = new Packet();
        long clientNext = 1;
        long serverNext = 1;
        long packets = 0;
        int port = PORTS[input.consumeInt(0, PORTS.length - 1)];
        boolean tcp = input.consumeBoolean();
        while (input.remainingBytes() > 0 && packets < 64) {
            boolean client = input.consumeBoolean();
            byte[] payload = input.consumeBytes(input.consumeInt(0, 1_400));
            Frame frame = tcp
                    ? client
                            ? Frame.tcp("10.0.0.1", 40_000, "10.0.0.2", port).sequence(clientNext)
                            : Frame.tcp("10.0.0.2", port, "10.0.0.1", 40_000).sequence(serverNext)
                    : client
                            ? Frame.udp("10.0.0.1", 40_000, "10.0.0.2", port)
                            : Frame.udp("10.0.0.2", port, "10.0.0.1", 40_000);
            if (client) clientNext += payload.length;
            else serverNext += payload.length;
            byte[] bytes = frame.payload(payload).flags(Tcp.ACK).toEthernet();
            packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, packets * 1_000_000)
                    .linkType(LinkType.ETHERNET);
            inspector.offer(packet);
            packets++;
        }
        inspector.finish();
        var statistics = inspector.statistics();
        assertEquals(Map.of(), inspector.thrown());
        assertEquals(packets, statistics.packets());
        assertEquals(packets, statistics.counted());
        assertEquals(0, statistics.open());
    }

    /** Wants every file, and looks at every byte of it. */
    private static final class Everything implements FileHook, FileReceiver {
        private long sum;

        @Override
        public Optional<FileReceiver> begins(Session session, CarriedFile file) {
            return Optional.of(this);
        }

        @Override
        public void bytes(MemorySegment memory, long at, int length) {
            for (int i = 0; i < length; i++) sum += memory.get(ValueLayout.JAVA_BYTE, at + i);
        }

        @Override
        public void gap(long length) {
            if (length <= 0) throw new AssertionError("a gap of " + length + " after " + sum);
        }

        @Override
        public void ends() {}
    }
}
