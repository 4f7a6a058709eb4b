package io.pairwire.dpi.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.bytes.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuicHandshakeTest {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 9001 appendix A. */
    private static final byte[] DESTINATION = HEX.parseHex("8394c8f03e515708");

    @Test
    void the_header_of_the_example_in_rfc_9001_is_masked_as_it_says() {
        var keys = InitialKeys.of(QuicVersion.V1, DESTINATION, true);
        byte[] mask = keys.mask(HEX.parseHex("d1b1c98dd7689fb8ec11d242b123dc9b"));
        assertEquals("437b9aec36", HEX.formatHex(mask, 0, 5));
    }

    @Test
    void the_answer_of_the_server_in_rfc_9001_opens() {
        // Appendix A.3
        byte[] packet = HEX.parseHex("cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a"
                + "5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3"
                + "dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84"
                + "022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4"
                + "2158407dd074ee");
        var seen = new ArrayList<String>();
        var handshake = new QuicHandshake((type, body) -> seen.add(type + ":" + body.remaining()));
        handshake.offer(new ByteCursor(initial(0, 0, new byte[1], 1200)), true);
        assertEquals(1, handshake.offer(new ByteCursor(packet), false));
        assertEquals(List.of("2:86"), seen);
    }

    @Test
    void frames_of_a_hello_come_in_any_order_over_several_datagrams() {
        byte[] hello = new byte[900];
        Arrays.fill(hello, (byte) 7);
        byte[] message = new byte[904];
        message[0] = 1;
        message[2] = (byte) (900 >> 8);
        message[3] = (byte) 900;
        System.arraycopy(hello, 0, message, 4, 900);
        var bodies = new ArrayList<byte[]>();
        var handshake = new QuicHandshake((type, body) -> bodies.add(body.bytes(body.remaining())));
        assertEquals(1, handshake.offer(new ByteCursor(initial(1, 400, part(message, 400, 904), 1200)), true));
        assertTrue(handshake.unfinishedHello().isEmpty());
        assertEquals(1, handshake.offer(new ByteCursor(initial(0, 0, part(message, 0, 200), 1200)), true));
        assertEquals(196, handshake.unfinishedHello().orElseThrow().remaining());
        assertEquals(1, handshake.offer(new ByteCursor(initial(2, 200, part(message, 200, 400), 1200)), true));
        assertEquals(1, bodies.size());
        assertArrayEquals(hello, bodies.getFirst());
    }

    @Test
    void a_packet_that_was_tampered_with_is_left_alone_and_harms_nothing() {
        byte[] whole = initial(0, 0, new byte[] {1, 0, 0, 1, 5}, 1200);
        byte[] broken = whole.clone();
        broken[600] ^= 1;
        var seen = new ArrayList<Integer>();
        var handshake = new QuicHandshake((type, body) -> seen.add(type));
        assertEquals(0, handshake.offer(new ByteCursor(broken), true));
        assertEquals(1, handshake.offer(new ByteCursor(whole), true));
        assertEquals(List.of(1), seen);
    }

    @Test
    void the_second_version_has_other_types_and_other_keys() {
        byte[] packet = initial(QuicVersion.V2, 0x6b3343cf, 0, 0, new byte[] {1, 0, 0, 1, 5}, 1200);
        assertTrue(QuicHandshake.isLongHeader(new ByteCursor(packet)));
        assertEquals(1, new QuicHandshake((type, body) -> {}).offer(new ByteCursor(packet), true));
    }

    @Test
    void a_version_nobody_speaks_is_opened_with_the_keys_of_one_that_is_spoken() {
        byte[] packet = initial(QuicVersion.DRAFT_29, 0x1a2a3a4a, 0, 0, new byte[] {1, 0, 0, 1, 5}, 1200);
        assertTrue(QuicHandshake.isLongHeader(new ByteCursor(packet)));
        assertEquals(1, new QuicHandshake((type, body) -> {}).offer(new ByteCursor(packet), true));
        assertFalse(QuicHandshake.isLongHeader(new ByteCursor(Arrays.copyOf(packet, 1199))));
    }

    @Test
    void googles_last_versions_open_too() {
        byte[] packet = initial(QuicVersion.T051, 0x54303531, 0, 0, new byte[] {1, 0, 0, 1, 5}, 1200);
        assertEquals(1, new QuicHandshake((type, body) -> {}).offer(new ByteCursor(packet), true));
    }

    @Property(tries = 1000)
    void no_datagram_makes_it_throw(@ForAll byte[] bytes, @ForAll boolean fromClient) {
        QuicHandshake.isLongHeader(new ByteCursor(bytes));
        GoogleQuic.isClientPacket(new ByteCursor(bytes));
        GoogleQuic.tag(new ByteCursor(bytes), "SNI\0");
        assertEquals(0, new QuicHandshake((type, body) -> {}).offer(new ByteCursor(bytes), fromClient));
    }

    @Test
    void a_datagram_that_ends_anywhere_is_no_packet() {
        byte[] whole = initial(0, 0, new byte[] {1, 0, 0, 1, 5}, 1200);
        for (int length = 0; length < whole.length; length++) {
            var cut = new ByteCursor(Arrays.copyOf(whole, length));
            assertFalse(QuicHandshake.isLongHeader(cut), "length " + length);
        }
    }

    private static byte[] part(byte[] message, int from, int to) {
        return Arrays.copyOfRange(message, from, to);
    }

    private static byte[] initial(int packetNumber, int at, byte[] crypto, int length) {
        return initial(QuicVersion.V1, 1, packetNumber, at, crypto, length);
    }

    /** A client's Initial packet that carries these bytes of its hello, as long as that. */
    private static byte[] initial(QuicVersion version, int wire, int packetNumber, int at, byte[] crypto, int length) {
        var header = new ByteArrayOutputStream();
        header.write(0xc1 | version.initialType << 4);
        for (int shift = 24; shift >= 0; shift -= 8) header.write(wire >>> shift);
        header.write(DESTINATION.length);
        header.writeBytes(DESTINATION);
        header.write(0); // source
        header.write(0); // token
        int rest = length - header.size() - 2;
        header.write(0x40 | rest >> 8);
        header.write(rest);
        int numberAt = header.size();
        header.write(packetNumber >> 8);
        header.write(packetNumber);
        var clear = new ByteArrayOutputStream();
        clear.writeBytes(new byte[] {6, (byte) (0x40 | at >> 8), (byte) at});
        clear.writeBytes(new byte[] {(byte) (0x40 | crypto.length >> 8), (byte) crypto.length});
        clear.writeBytes(crypto);
        clear.writeBytes(new byte[rest - 2 - 16 - clear.size()]);
        var keys = InitialKeys.of(version, DESTINATION, true);
        byte[] sealed = keys.seal(header.toByteArray(), clear.toByteArray(), packetNumber);
        byte[] packet = new byte[length];
        System.arraycopy(header.toByteArray(), 0, packet, 0, header.size());
        System.arraycopy(sealed, 0, packet, header.size(), sealed.length);
        byte[] mask = keys.mask(Arrays.copyOfRange(packet, numberAt + 4, numberAt + 20));
        packet[0] ^= (byte) (mask[0] & 0x0f);
        packet[numberAt] ^= mask[1];
        packet[numberAt + 1] ^= mask[2];
        return packet;
    }
}
