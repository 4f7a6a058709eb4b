package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.tls.Hello;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conversations in which bytes, lengths, order and times were changed at random, from a fixed seed. */
class MutationTest {
    private static final int MUTATIONS = 10_000;
    private static final long MEMORY = 4 << 20;

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> conversations(int which) {
        var talk = switch (which) {
            case 0 ->
                new Wire.Talk(80)
                        .open()
                        .ask("GET /a HTTP/1.1\r\nHost: www.example.org\r\n\r\n")
                        .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            case 1 ->
                new Wire.Talk(443)
                        .open()
                        .ask(Hello.named("www.example.org").protocols("h2").record());
            case 2 ->
                new Wire.Talk(25)
                        .open()
                        .answer("220 mail.example ESMTP\r\n")
                        .ask("EHLO me\r\nMAIL FROM:<a@example.org>\r\nDATA\r\nSubject: s\r\n.\r\n");
            case 3 -> new Wire.Talk(22).open().answer("SSH-2.0-OpenSSH_9.2\r\n").ask("SSH-2.0-client\r\n");
            case 4 ->
                new Wire.Talk(21)
                        .open()
                        .answer("220 FTP\r\n")
                        .ask("USER u\r\nPORT 10,0,0,1,4,5\r\n")
                        .answer("227 x (10,0,0,2,4,5)\r\n");
            default ->
                new Wire.Talk(5060)
                        .open()
                        .ask("INVITE sip:b@example.org SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n");
        };
        var frames = new ArrayList<byte[]>();
        for (Frame frame : talk.close().frames()) frames.add(frame.toEthernet());
        frames.add(Frame.udp("10.0.0.1", 4000, "10.0.0.2", 53)
                .payload(latin("\1\2\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1"))
                .toEthernet());
        frames.add(Frame.udp("10.0.0.1", 68, "10.0.0.2", 67)
                .fragment(5, 0, true)
                .payload(new byte[240])
                .toEthernet());
        return frames;
    }

    @Test
    void nothing_is_thrown_everything_is_counted_and_memory_stays_bounded() {
        var random = new Random(20_260);
        var inspector = new Inspector(
                Catalogue.builtIn(),
                SessionSettings.defaults().withMemory(MEMORY),
                Wanted.ALL,
                SessionListener.NONE,
                new Random(1));
        inspector.watchClosely(true);
        var all = new ArrayList<List<byte[]>>();
        for (int which = 0; which < 6; which++) all.add(conversations(which));
        var packet = new Packet();
        long offered = 0;
        long most = 0;
        long now = Wire.START;
        for (int i = 0; i < MUTATIONS; i++) {
            for (byte[] frame : all.get(random.nextInt(all.size()))) {
                byte[] changed = change(frame, random);
                int copies = random.nextInt(8) == 0 ? 2 : random.nextInt(12) == 0 ? 0 : 1;
                if (random.nextInt(100) == 0) now += (random.nextLong() >> 4); // decades either way
                else now += random.nextInt(1_000_000);
                for (int copy = 0; copy < copies; copy++) {
                    int cut = random.nextInt(10) == 0 ? random.nextInt(changed.length + 1) : changed.length;
                    inspector.offer(packet.moveTo(MemorySegment.ofArray(changed), 0, cut, changed.length, now)
                            .linkType(LinkType.ETHERNET));
                    offered++;
                }
            }
            if (i % 64 == 0) most = Math.max(most, inspector.statistics().memory());
            if (random.nextInt(500) == 0) inspector.finish();
        }
        inspector.finish();
        var statistics = inspector.statistics();
        assertEquals(Map.of(), inspector.thrown());
        assertEquals(offered, statistics.packets());
        assertEquals(0, statistics.open());
        assertTrue(most <= MEMORY, "memory " + most);
    }

    private static byte[] change(byte[] frame, Random random) {
        byte[] changed = frame.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt();
                case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
                default -> Arrays.fill(changed, at, Math.min(changed.length, at + random.nextInt(9)), (byte) 'A');
            }
        }
        return changed;
    }
}
