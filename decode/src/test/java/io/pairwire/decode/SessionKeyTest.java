package io.pairwire.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import org.junit.jupiter.api.Test;

class SessionKeyTest {

    @Test
    void both_directions_have_the_same_key() {
        assertEquals(key(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)), key(Frame.udp("10.0.0.2", 2, "10.0.0.1", 1)));
        assertEquals(key(Frame.tcp("fe80::1", 9, "::1", 2)), key(Frame.tcp("::1", 2, "fe80::1", 9)));
        assertEquals(key(Frame.udp("10.0.0.1", 1, "10.0.0.1", 2)), key(Frame.udp("10.0.0.1", 2, "10.0.0.1", 1)));
    }

    @Test
    void another_port_address_or_protocol_is_another_session() {
        var one = key(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2));
        assertNotEquals(one, key(Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2)));
        assertNotEquals(one, key(Frame.udp("10.0.0.1", 2, "10.0.0.2", 1)));
        assertNotEquals(one, key(Frame.udp("10.0.0.1", 1, "10.0.0.3", 2)));
    }

    @Test
    void packets_without_ip_share_a_key() {
        assertEquals(key(Frame.arp("10.0.0.1", "10.0.0.2")), key(Frame.ethernet(0x88cc)));
    }

    @Test
    void sessions_are_numbered_as_they_come_and_those_beyond_the_limit_are_the_rest() {
        var numbers = new SessionNumbers(2);
        assertEquals(1, numbers.of(layers(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2))));
        assertEquals(2, numbers.of(layers(Frame.udp("10.0.0.1", 1, "10.0.0.2", 3))));
        assertEquals(SessionNumbers.REST, numbers.of(layers(Frame.udp("10.0.0.1", 1, "10.0.0.2", 4))));
        assertEquals(1, numbers.of(layers(Frame.udp("10.0.0.2", 2, "10.0.0.1", 1))));
        assertEquals(2, numbers.count());
    }

    private static SessionKey key(Frame frame) {
        return SessionKey.of(layers(frame));
    }

    private static Layers layers(Frame frame) {
        var layers = new Layers();
        new LayerDecoder().decode(Packets.packet(frame.toEthernet(), LinkType.ETHERNET), layers);
        return layers;
    }
}
