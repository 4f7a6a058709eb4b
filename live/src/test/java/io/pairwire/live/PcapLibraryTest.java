package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PacketSource;
import io.pairwire.platform.PcapLibrary;
import java.util.ArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PcapLibraryTest {
    private static LiveSettings settings() {
        return LiveSettings.of(VethPair.RECEIVER).withBackend(Backend.LIBPCAP).withRingBytes(4 << 20);
    }

    private static void needLibrary() {
        Assumptions.assumeTrue(PcapLibrary.find().isPresent(), "needs libpcap");
    }

    @Test
    void packets_come_from_libpcap_in_order_and_all_are_accounted_for() throws Exception {
        needLibrary();
        VethPair.run(() -> {
            try (var source = LiveSource.open(settings().withSnaplen(60))) {
                assertEquals(LinkType.ETHERNET, source.linkType());
                assertTrue(source.description().contains("libpcap"), source.description());
                VethPair.send(0, 500, 100);
                var seen = new ArrayList<Integer>();
                source.stop();
                while (source.poll(
                                packet -> {
                                    assertEquals(60, packet.capturedLength());
                                    assertEquals(100, packet.originalLength());
                                    seen.add(VethPair.number(packet));
                                },
                                100)
                        != PacketSource.END) {}
                for (int i = 0; i < seen.size(); i++) assertEquals(i, seen.get(i));
                var counted = source.liveStatistics();
                assertEquals(500, counted.received(), counted.toString());
                assertEquals(500, counted.delivered() + counted.droppedKernel() + counted.left(), counted.toString());
            }
            return null;
        });
    }

    @Test
    void an_interface_that_is_not_there_is_refused() throws Exception {
        needLibrary();
        VethPair.run(() -> {
            var refused = assertThrows(
                    DeviceException.class,
                    () -> LiveSource.open(LiveSettings.of("nosuch0").withBackend(Backend.LIBPCAP)));
            assertEquals(DeviceException.Reason.NO_SUCH_DEVICE, refused.reason(), refused.getMessage());
            return null;
        });
    }
}
