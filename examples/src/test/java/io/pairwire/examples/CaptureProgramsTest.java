package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.live.DeviceException;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The programs that capture, on the loopback. */
@Timeout(60)
class CaptureProgramsTest {
    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }

    @BeforeEach
    void need_the_right() throws IOException {
        Assumptions.assumeTrue(System.getProperty("os.name").startsWith("Linux"), "needs Linux");
        try (var source = LiveSource.open(LiveSettings.of("lo").withRingBytes(LiveSettings.SMALLEST_RING))) {
            assertEquals("lo", source.fileName(0));
        } catch (DeviceException e) {
            Assumptions.abort("needs CAP_NET_RAW: " + e.getMessage());
        }
    }

    /** What the program prints while somebody sends datagrams to nobody. */
    private static List<String> printedBy(Program program) throws Exception {
        var bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        var sender = Thread.ofPlatform().daemon().start(CaptureProgramsTest::send);
        try {
            program.run();
        } finally {
            System.setOut(out);
            sender.interrupt();
            sender.join();
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static void send() {
        try (var socket = new DatagramSocket()) {
            var datagram = new DatagramPacket(new byte[32], 32, InetAddress.getLoopbackAddress(), 9);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    socket.send(datagram);
                } catch (java.net.PortUnreachableException nobodyListens) {
                    continue; // that is the idea
                }
                java.util.concurrent.locks.LockSupport.parkNanos(200_000);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void simple_capture_shows_what_matches() throws Exception {
        List<String> lines = printedBy(() -> SimpleCapture.main("lo", "3", "udp", "port", "9"));
        assertEquals(5, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("1: 74 bytes at "), lines.toString());
        assertEquals("3 delivered, 0 lost", lines.get(4));
    }

    @Test
    void numa_capture_ends_when_enough_was_seen_by_all_threads_together() throws Exception {
        List<String> lines = printedBy(() -> NumaCapture.main("lo", "50"));
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("capturing on processors ["), lines.toString());
        long delivered = Long.parseLong(lines.get(1).substring(0, lines.get(1).indexOf(' ')));
        assertTrue(delivered >= 50, lines.toString());
    }
}
