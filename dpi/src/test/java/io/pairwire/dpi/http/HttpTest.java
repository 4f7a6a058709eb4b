package io.pairwire.dpi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pairwire.dpi.session.Wire;
import io.pairwire.dpi.session.Wire.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpTest {

    private static Wire.Seen seen(Talk talk) {
        return talk.over(new Wire()).only();
    }

    @Test
    void requests_and_responses_of_a_connection_are_told_in_order() {
        var seen = seen(new Talk(8080)
                .open()
                .ask("GET /a HTTP/1.1\r\nHost: example.org\r\nUser-Agent: test\r\n\r\n")
                .answer("HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHTTP/")
                .ask("HEAD /b HTTP/1.1\r\nHost: example.org\r\n\r\n")
                .answer("HTTP/1.1 404 Not Found\r\nContent-Length: 999\r\n\r\n")
                .ask("GET /c HTTP/1.1\r\nhost: example.org\r\n\r\n")
                .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n")
                .ask("GET /d HTTP/1.0\r\n\r\n")
                .answer("HTTP/1.1 304 Not Modified\r\n\r\n"));
        assertEquals("HTTP", seen.label());
        assertEquals(List.of("/a", "/b", "/c", "/d"), seen.attributes().get("http.uri"));
        assertEquals(List.of("200", "404", "200", "304"), seen.attributes().get("http.status"));
        assertEquals(List.of("example.org"), seen.attributes().get("http.host"));
        assertEquals(List.of("test"), seen.attributes().get("http.user_agent"));
        assertEquals(List.of("text/plain"), seen.attributes().get("http.content_type"));
    }

    @Test
    void proxies_and_their_tunnels_are_part_of_the_label() {
        assertEquals(
                "HTTP.HTTP_Proxy",
                seen(new Talk(3128).open().ask("GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n"))
                        .label());
        assertEquals(
                "HTTP.HTTP_Connect",
                seen(new Talk(3128)
                                .open()
                                .ask("CONNECT example.org:443 HTTP/1.1\r\n\r\n")
                                .answer("HTTP/1.1 200 OK\r\n\r\n"))
                        .label());
    }

    @Test
    void what_only_looks_like_it_at_first_is_not_taken() {
        assertNotEquals(
                "dpi", seen(new Talk(8888).open().ask("GET the milk\r\n")).confidence());
        assertNotEquals(
                "dpi", seen(new Talk(8888).open().ask("HTTP/2.0 200 \r\n")).confidence());
    }

    @Test
    void a_host_tells_the_application() {
        assertEquals(
                "HTTP.Wikipedia",
                seen(new Talk(80).open().ask("GET / HTTP/1.1\r\nHost: en.wikipedia.org\r\n\r\n"))
                        .label());
    }

    @Test
    void a_lost_segment_ends_neither_the_label_nor_what_follows() {
        var talk = new Talk(80)
                .open()
                .ask("GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n")
                .answer("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(1_000))
                .answer("x".repeat(1_000))
                .answer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        talk.frames().remove(5);
        assertEquals(List.of("200", "201"), seen(talk).attributes().get("http.status"));
    }
}
