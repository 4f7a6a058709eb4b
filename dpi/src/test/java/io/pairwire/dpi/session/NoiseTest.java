package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.Confidence;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions that speak no protocol: bytes by chance, words by chance, and bytes by chance behind their length. */
class NoiseTest {
    private static final int SESSIONS = 20_000;
    private static final int DATAGRAMS = 2;
    private static final int[] PORTS = {
        21, 22, 23, 25, 53, 67, 80, 88, 110, 111, 123, 137, 139, 143, 161, 179, 389, 427, 443, 445, 465, 500, 502, 514,
        554, 623, 853, 993, 995, 1194, 1433, 1521, 1701, 1723, 1812, 1883, 1900, 1935, 2049, 2123, 2152, 2404, 3260,
        3306, 3389, 3478, 3702, 3784, 4789, 5004, 5060, 5222, 5353, 5355, 5432, 5672, 5683, 6343, 6379, 6653, 8080,
        8805, 9042, 9092, 11211, 20000, 27015, 27017, 44818, 47808, 50000, 51820
    };
    private static final String[] WORDS = {
        "get", "the", "Data", "user", "ERROR", "1", "42", "ok", "{", "}", "=", ":", "list", "a"
    };

    /** What sessions were taken for. */
    private static final class Labels implements SessionListener {
        private final Map<String, Integer> recognised = new TreeMap<>();
        private int sessions;
        private int guessed;

        @Override
        public void ended(Session session, EndCause cause) {
            sessions++;
            switch (session.confidence()) {
                case UNKNOWN -> {}
                case PORT, IP -> guessed++;
                case DPI, PARTIAL, CACHE ->
                    recognised.merge(
                            (session.ipProtocol() == 6 ? "tcp " : "udp ") + session.label() + " "
                                    + session.confidence().text(),
                            1,
                            Integer::sum);
            }
        }
    }

    private final Random random = new Random(20261);

    private byte[] payload(int kind) {
        return switch (kind) {
            case 0 -> bytes(1 + random.nextInt(300));
            case 1 -> words();
            default -> behindLength();
        };
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] words() {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(i % 7 == 0 ? "\r\n" : " ");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A length of two or four bytes in either order, perhaps of what follows, perhaps of all; a kind; the rest. */
    private byte[] behindLength() {
        int width = random.nextBoolean() ? 2 : 4;
        byte[] bytes = bytes(width + 2 + random.nextInt(200));
        int length = bytes.length - (random.nextBoolean() ? width : 0);
        boolean little = random.nextBoolean();
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (length >> 8 * (little ? i : width - 1 - i));
        }
        bytes[width] = (byte) random.nextInt(8);
        return bytes;
    }

    @Test
    void what_speaks_no_protocol_is_not_recognised_as_one() {
        var labels = new Labels();
        var inspector =
                new Inspector(Catalogue.builtIn(), SessionSettings.defaults(), Wanted.NONE, labels, new Random(3));
        var packet = new Packet();
        long number = 0;
        for (int i = 0; i < SESSIONS; i++) {
            boolean tcp = i % 2 == 0;
            int port = i % 4 < 2 ? PORTS[random.nextInt(PORTS.length)] : 1024 + random.nextInt(64_512);
            String client = "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
            int kind = random.nextInt(3);
            int sequence = 1;
            for (int j = 0; j < DATAGRAMS; j++) {
                byte[] payload = payload(kind);
                Frame frame = tcp
                        ? Frame.tcp(client, 40_000, "192.0.2.1", port).sequence(sequence)
                        : Frame.udp(client, 40_000, "192.0.2.1", port);
                sequence += payload.length;
                byte[] bytes = frame.payload(payload).toEthernet();
                packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, Wire.START + number * 1000)
                        .linkType(LinkType.ETHERNET)
                        .from(0, ++number);
                inspector.offer(packet);
            }
        }
        inspector.finish();
        assertEquals(SESSIONS, labels.sessions);
        int wrong =
                labels.recognised.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(wrong <= SESSIONS / 100, wrong + " of " + SESSIONS + ": " + labels.recognised);
        assertTrue(labels.guessed > 0, "ports are guessed, and said to be: " + Confidence.PORT);
    }
}
