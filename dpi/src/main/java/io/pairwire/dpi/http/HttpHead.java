package io.pairwire.dpi.http;

import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Utf8;
import java.util.Locale;
import java.util.Optional;

/**
 * A first line and the header fields behind it, <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>. At most
 * {@value #MOST_LINES} lines are looked at.
 *
 * @param length bytes with the empty line that ends it
 * @param firstLine without its end
 */
record HttpHead(Payload payload, int length, String firstLine) {
    private static final int MOST_LINES = 256;

    /**
     * May a head begin here, as far as the first line tells? So that in the middle of something else, each line of which has
     * to be looked at, no end of a head is searched for behind it.
     */
    static boolean mayBegin(Payload payload) {
        int end = payload.indexOf('\n', 0, payload.length());
        if (end < 2 || payload.matches(0, "HTTP/")) return true;
        int length = payload.u8(end - 1) == '\r' ? end - 1 : end;
        for (int at = length - 1; at >= 0; at--) {
            if (payload.u8(at) == ' ') return payload.matches(at + 1, "HTTP/");
        }
        return false;
    }

    /** The head at the start of the payload; empty if its end has not come. A bare LF ends a line too. */
    static Optional<HttpHead> at(Payload payload) {
        int lineStart = 0;
        while (true) {
            int end = payload.indexOf('\n', lineStart, payload.length());
            if (end < 0) return Optional.empty();
            int length = end - lineStart;
            if (length > 0 && payload.u8(end - 1) == '\r') length--;
            if (length == 0 && lineStart > 0) {
                int firstEnd = payload.indexOf('\n', 0, payload.length());
                return Optional.of(new HttpHead(payload, end + 1, line(payload, 0, firstEnd)));
            }
            if (length == 0) return Optional.of(new HttpHead(payload, end + 1, ""));
            lineStart = end + 1;
        }
    }

    private static String line(Payload payload, int from, int end) {
        int length = end - from;
        if (length > 0 && payload.u8(end - 1) == '\r') length--;
        return Utf8.orLatin(payload.text(from, length));
    }

    /** The value of the first field of that name, given in lower case. */
    Optional<String> field(String name) {
        int at = payload.indexOf('\n', 0, length) + 1;
        for (int i = 0; i < MOST_LINES && at < length; i++) {
            int end = payload.indexOf('\n', at, length);
            if (end < 0) break;
            if (isField(at, end, name)) {
                return Optional.of(line(payload, at + name.length() + 1, end).strip());
            }
            at = end + 1;
        }
        return Optional.empty();
    }

    private boolean isField(int from, int end, String name) {
        if (end - from <= name.length() || payload.u8(from + name.length()) != ':') return false;
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) payload.u8(from + i)) != name.charAt(i)) return false;
        }
        return true;
    }

    /** Does the field contain this word in any case? */
    boolean says(String name, String word) {
        return field(name)
                .map(value -> value.toLowerCase(Locale.ROOT).contains(word))
                .orElse(false);
    }

    /** Content-Length, or -1 if there is none that makes sense. */
    long contentLength() {
        String text = field("content-length").orElse("");
        if (text.isEmpty() || text.length() > 18) return -1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return -1;
        }
        return Long.parseLong(text);
    }
}
