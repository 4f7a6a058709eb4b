package io.pairwire.dpi.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.session.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DnsTest {
    private static final String QUESTION = "\3www\7example\3org\0\0\1\0\1";
    private static final String QUERY = "\1\2\1\0\0\1\0\0\0\0\0\0" + QUESTION;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Frame to(int port, String payload) {
        return Frame.udp("10.0.0.1", 5000, "10.0.0.2", port).payload(bytes(payload));
    }

    private static Frame from(int port, String payload) {
        return Frame.udp("10.0.0.2", port, "10.0.0.1", 5000).payload(bytes(payload));
    }

    @Test
    void questions_and_answers_are_told_with_the_time_between_them() {
        String answer = "\1\2\201\200\0\1\0\2\0\0\0\0" + QUESTION + "\300\14\0\5\0\1\0\0\0\74\0\6\3web\300\20"
                + "\300\55\0\34\0\1\0\0\0\36\0\20\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1";
        var seen = new Wire().send(to(53, QUERY)).send(from(53, answer)).only();
        assertEquals("DNS", seen.label());
        assertEquals(
                Map.of(
                        "dns.id", List.of("258"),
                        "dns.qname", List.of("www.example.org"),
                        "dns.qtype", List.of("1"),
                        "dns.rcode", List.of("0"),
                        "dns.answer", List.of("web.example.org", "2001:db8::1"),
                        "dns.ttl", List.of("30"),
                        "dns.rtt", List.of("1000000")),
                seen.attributes());
    }

    @Test
    void any_port_will_do_if_the_whole_question_is_plausible() {
        assertEquals("DNS", new Wire().send(to(4444, QUERY)).only().label());
        assertNotEquals(
                "DNS",
                new Wire()
                        .send(to(4444, QUERY.replace("\0\1\0\1", "\0\1\0\77")))
                        .only()
                        .label());
        assertNotEquals(
                "DNS",
                new Wire()
                        .send(to(4444, "\1\2\1\0\0\1\0\0\0\0\0\0\77xx"))
                        .only()
                        .label());
    }

    @Test
    void multicast_relatives_are_told_apart_by_their_ports() {
        assertEquals("MDNS", new Wire().send(to(5353, QUERY)).only().label());
        assertEquals("LLMNR", new Wire().send(to(5355, QUERY)).only().label());
    }

    @Test
    void the_certificate_of_a_dnscrypt_resolver_is_asked_for_in_dns() {
        String query = "\1\2\1\0\0\1\0\0\0\0\0\0\0012\15dnscrypt-cert\7example\3org\0\0\20\0\1";
        var seen = new Wire().send(to(443, query)).only();
        assertEquals("DNScrypt", seen.label());
        assertEquals(List.of("2.dnscrypt-cert.example.org"), seen.attributes().get("dns.qname"));
    }

    @Test
    void over_tcp_several_messages_may_share_a_segment() {
        String message = "\0" + (char) QUERY.length() + QUERY;
        var seen = new Wire.Talk(53)
                .open()
                .ask(message + message.replace("www", "ftp"))
                .over(new Wire())
                .only();
        assertEquals("DNS", seen.label());
        assertEquals(
                List.of("www.example.org", "ftp.example.org"), seen.attributes().get("dns.qname"));
    }

    @Test
    void names_that_point_in_circles_end() {
        String circle = "\1\2\201\200\0\1\0\1\0\0\0\0" + QUESTION + "\300\55\0\5\0\1\0\0\0\74\0\2\300\55";
        assertEquals("DNS", new Wire().send(from(53, circle)).only().label());
    }
}
