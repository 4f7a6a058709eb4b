package io.pairwire.dpi.http2;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Headers of one direction, HPACK, <a href="https://www.rfc-editor.org/rfc/rfc7541">RFC 7541</a>.
 *
 * <p>Its table follows every block, so after one that was missed or made no sense it is of no use any more: {@link #isLost}.
 * Holds at most {@value #MOST_TABLE} bytes. Not thread-safe.
 */
final class HeaderDecoder {
    /** Bytes of headers that are remembered, as §4.1 counts them, whatever a peer allows. */
    static final int MOST_TABLE = 64 * 1024;

    private static final int OVERHEAD = 32;
    private static final int LONGEST_TEXT = 16 * 1024;

    private record Header(String name, String value) {
        int bytes() {
            return name.length() + value.length() + OVERHEAD;
        }
    }

    private static final List<Header> FIXED = fixed(
            ":authority",
            "",
            ":method",
            "GET",
            ":method",
            "POST",
            ":path",
            "/",
            ":path",
            "/index.html",
            ":scheme",
            "http",
            ":scheme",
            "https",
            ":status",
            "200",
            ":status",
            "204",
            ":status",
            "206",
            ":status",
            "304",
            ":status",
            "400",
            ":status",
            "404",
            ":status",
            "500",
            "accept-charset",
            "",
            "accept-encoding",
            "gzip, deflate",
            "accept-language",
            "",
            "accept-ranges",
            "",
            "accept",
            "",
            "access-control-allow-origin",
            "",
            "age",
            "",
            "allow",
            "",
            "authorization",
            "",
            "cache-control",
            "",
            "content-disposition",
            "",
            "content-encoding",
            "",
            "content-language",
            "",
            "content-length",
            "",
            "content-location",
            "",
            "content-range",
            "",
            "content-type",
            "",
            "cookie",
            "",
            "date",
            "",
            "etag",
            "",
            "expect",
            "",
            "expires",
            "",
            "from",
            "",
            "host",
            "",
            "if-match",
            "",
            "if-modified-since",
            "",
            "if-none-match",
            "",
            "if-range",
            "",
            "if-unmodified-since",
            "",
            "last-modified",
            "",
            "link",
            "",
            "location",
            "",
            "max-forwards",
            "",
            "proxy-authenticate",
            "",
            "proxy-authorization",
            "",
            "range",
            "",
            "referer",
            "",
            "refresh",
            "",
            "retry-after",
            "",
            "server",
            "",
            "set-cookie",
            "",
            "strict-transport-security",
            "",
            "transfer-encoding",
            "",
            "user-agent",
            "",
            "vary",
            "",
            "via",
            "",
            "www-authenticate",
            "");

    /** The youngest first. */
    private final ArrayDeque<Header> table = new ArrayDeque<>();

    private int bytes;
    private int limit = 4096;
    private boolean lost;

    private static List<Header> fixed(String... namesAndValues) {
        var headers = new ArrayList<Header>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return List.copyOf(headers);
    }

    /** Has the table gone astray? Then nothing that comes can be read. */
    boolean isLost() {
        return lost;
    }

    /** A block was missed. */
    void lose() {
        lost = true;
        table.clear();
        bytes = 0;
    }

    /** Reads a whole block and hands over its headers in their order, as far as they make sense. */
    void read(ByteCursor block, BiConsumer<String, String> headers) {
        while (block.hasMore() && !lost) {
            int first = block.peek(0);
            if ((first & 0x80) != 0) {
                var header = header(number(block, 7));
                if (header != null) headers.accept(header.name, header.value);
            } else if ((first & 0xe0) == 0x20) {
                resize(number(block, 5));
            } else {
                boolean remembered = (first & 0x40) != 0;
                literal(block, remembered, headers);
            }
        }
        if (block.failed()) lose();
    }

    private void literal(ByteCursor block, boolean remembered, BiConsumer<String, String> headers) {
        int index = number(block, remembered ? 6 : 4);
        var named = index == 0 ? null : header(index);
        var name = index == 0 ? text(block) : named == null ? "" : named.name;
        var value = text(block);
        if (lost || block.failed()) return;
        headers.accept(name, value);
        if (remembered) remember(new Header(name, value));
    }

    private @Nullable Header header(int index) {
        if (index >= 1 && index <= FIXED.size()) return FIXED.get(index - 1);
        int younger = index - FIXED.size() - 1;
        if (younger >= 0 && younger < table.size()) {
            for (var header : table) {
                if (younger-- == 0) return header;
            }
        }
        lose();
        return null;
    }

    private void remember(Header header) {
        if (header.bytes() > limit) {
            table.clear();
            bytes = 0;
            return;
        }
        table.addFirst(header);
        bytes += header.bytes();
        shrink();
    }

    private void resize(int newLimit) {
        if (newLimit > MOST_TABLE) {
            lose();
            return;
        }
        limit = newLimit;
        shrink();
    }

    private void shrink() {
        while (bytes > limit) bytes -= table.removeLast().bytes();
    }

    /** §5.1. */
    private int number(ByteCursor block, int prefixBits) {
        int most = (1 << prefixBits) - 1;
        long value = block.u8() & most;
        if (value < most) return (int) value;
        for (int shift = 0; shift <= 28; shift += 7) {
            int next = block.u8();
            value += (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0 && value <= Integer.MAX_VALUE) return (int) value;
        }
        lose();
        return 0;
    }

    /** §5.2. */
    private String text(ByteCursor block) {
        boolean coded = (block.peek(0) & 0x80) != 0;
        int length = number(block, 7);
        if (length > LONGEST_TEXT) {
            lose();
            return "";
        }
        var bytes = block.slice(length);
        if (!coded) return bytes.restAsText();
        var text = HuffmanCode.decode(bytes);
        if (text.isEmpty()) lose();
        return text.orElse("");
    }
}
