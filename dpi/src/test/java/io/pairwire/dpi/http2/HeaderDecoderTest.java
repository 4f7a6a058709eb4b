package io.pairwire.dpi.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7541 appendix C, in their order. */
class HeaderDecoderTest {
    private final HeaderDecoder decoder = new HeaderDecoder();

    private List<String> read(String hex) {
        var headers = new ArrayList<String>();
        decoder.read(
                new ByteCursor(HexFormat.of().parseHex(hex.replace(" ", ""))),
                (name, value) -> headers.add(name + ": " + value));
        return headers;
    }

    @Test
    void requests_without_huffman_code_as_in_c_3() {
        assertEquals(
                List.of(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"),
                read("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"));
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: http",
                        ":path: /",
                        ":authority: www.example.com",
                        "cache-control: no-cache"),
                read("8286 84be 5808 6e6f 2d63 6163 6865"));
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value"),
                read("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"));
    }

    @Test
    void requests_with_huffman_code_as_in_c_4() {
        assertEquals(
                List.of(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"),
                read("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"));
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: http",
                        ":path: /",
                        ":authority: www.example.com",
                        "cache-control: no-cache"),
                read("8286 84be 5886 a8eb 1064 9cbf"));
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value"),
                read("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"));
    }

    @Test
    void a_table_of_256_bytes_forgets_as_in_c_6() {
        read("3fe1 01"); // 256
        assertEquals(
                List.of(
                        ":status: 302",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com"),
                read("4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d"
                        + "29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"));
        assertEquals(
                List.of(
                        ":status: 307",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com"),
                read("4883 640e ffc1 c0bf"));
    }

    @Test
    void a_place_that_was_never_filled_makes_the_table_useless() {
        assertTrue(read("be").isEmpty());
        assertTrue(decoder.isLost());
        assertTrue(read("82").isEmpty());
    }

    @Property(tries = 2000)
    void no_block_makes_it_throw_or_hold_too_much(@ForAll byte[] bytes) {
        var any = new HeaderDecoder();
        any.read(new ByteCursor(bytes), (name, value) -> assertFalse(name.length() > bytes.length * 8 + 64));
        any.read(new ByteCursor(bytes), (name, value) -> assertFalse(value.length() > 16 * 1024 * 8 / 5));
    }
}
