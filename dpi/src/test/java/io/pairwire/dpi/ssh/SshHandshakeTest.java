package io.pairwire.dpi.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SshHandshakeTest {
    private static final String[] LISTS = {
        "curve25519-sha256,ecdh",
        "ssh-ed25519",
        "aes128-ctr,aes256-ctr",
        "aes256-gcm",
        "hmac-sha2-256",
        "hmac-sha1",
        "none,zlib",
        "none",
        "",
        ""
    };

    private static byte[] offer() {
        var payload = new ByteArrayOutputStream();
        payload.write(KeyExchangeInit.MESSAGE);
        payload.writeBytes(new byte[16]);
        for (var list : LISTS) {
            payload.writeBytes(new byte[] {0, 0, 0, (byte) list.length()});
            payload.writeBytes(list.getBytes(StandardCharsets.US_ASCII));
        }
        payload.writeBytes(new byte[5]);
        int padding = 6;
        int length = 1 + payload.size() + padding;
        var packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {0, 0, (byte) (length >> 8), (byte) length, (byte) padding});
        packet.writeBytes(payload.toByteArray());
        packet.writeBytes(new byte[padding]);
        return packet.toByteArray();
    }

    private static byte[] stream(String lines) {
        var stream = new ByteArrayOutputStream();
        stream.writeBytes(lines.getBytes(StandardCharsets.US_ASCII));
        stream.writeBytes(offer());
        return stream.toByteArray();
    }

    private static SshHandshake fed(byte[] stream, int piece) {
        var handshake = new SshHandshake();
        for (int at = 0; at < stream.length; at += piece) {
            handshake.offer(MemorySegment.ofArray(stream), at, Math.min(piece, stream.length - at));
        }
        return handshake;
    }

    @Property(tries = 50)
    void line_and_offer_do_not_depend_on_segments(@ForAll @IntRange(min = 1, max = 400) int piece) {
        var handshake = fed(stream("welcome\r\nSSH-2.0-OpenSSH_9.6 Debian\r\n"), piece);
        assertEquals("SSH-2.0-OpenSSH_9.6 Debian", handshake.identification().orElseThrow());
        var offer = handshake.algorithms().orElseThrow();
        assertEquals("ssh-ed25519", offer.hostKeys());
        assertEquals("7d248b191a80cb02fdfd02fc77b045de", offer.hassh());
        assertEquals("e0744a24337ed9c4a57feadfab5d5d35", offer.hasshServer());
        assertTrue(handshake.isOver());
    }

    @Test
    void a_stream_without_a_line_is_given_up() {
        var handshake = new SshHandshake();
        handshake.offer(MemorySegment.ofArray(new byte[300]), 0, 300);
        for (int i = 0; i < 200; i++) handshake.offer(MemorySegment.ofArray(new byte[300]), 0, 300);
        assertTrue(handshake.isOver());
        assertTrue(handshake.identification().isEmpty());
    }

    @Property(tries = 500)
    void no_stream_makes_it_throw(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 9) int piece) {
        byte[] stream = stream("SSH-2.0-x\n");
        System.arraycopy(bytes, 0, stream, 10, Math.min(bytes.length, stream.length - 10));
        assertEquals("SSH-2.0-x", fed(stream, piece).identification().orElseThrow());
    }
}
