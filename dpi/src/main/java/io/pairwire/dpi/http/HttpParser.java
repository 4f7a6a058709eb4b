package io.pairwire.dpi.http;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.SessionParser;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Follows requests and responses, passes over bodies, and hands over what was upgraded. */
final class HttpParser implements SessionParser {
    static final Attribute METHOD =
            Attribute.text("http.method", "method of a request").list();
    static final Attribute HOST =
            Attribute.text("http.host", "host of a request").list();
    static final Attribute URI =
            Attribute.text("http.uri", "target of a request").list();
    static final Attribute USER_AGENT =
            Attribute.text("http.user_agent", "program that asks").list();
    static final Attribute REFERER =
            Attribute.text("http.referer", "where the link was").list();
    static final Attribute STATUS =
            Attribute.number("http.status", "status of a response").list();
    static final Attribute SERVER =
            Attribute.text("http.server", "program that answers").list();
    static final Attribute CONTENT_TYPE =
            Attribute.text("http.content_type", "media type of a response").list();
    static final Attribute CONTENT_LENGTH =
            Attribute.number("http.content_length", "bytes announced").list();
    static final List<Attribute> ATTRIBUTES =
            List.of(METHOD, HOST, URI, USER_AGENT, REFERER, STATUS, SERVER, CONTENT_TYPE, CONTENT_LENGTH);

    private static final int CHUNK_LINE = 1024;
    private static final int MOST_OPEN = 32;
    private static final int EVERYTHING = Integer.MAX_VALUE;

    /** What comes next in one direction. */
    private enum Next {
        HEAD,
        CHUNK,
        CONTENT,
        CHUNK_CONTENT,
        CHUNK_END,
        TRAILER,
        TUNNEL
    }

    private Next fromClient = Next.HEAD;
    private Next fromServer = Next.HEAD;
    private int headRequests; // HEAD requests whose responses have no body, a bit each, the next one lowest
    private int openRequests;
    private Optional<Body> clientBody = Optional.empty();
    private Optional<Body> serverBody = Optional.empty();
    private final ArrayDeque<String> targets = new ArrayDeque<>(); // of requests without an answer, for names
    private boolean connecting;
    private boolean upgrading;

    @Override
    public int take(Payload payload, Findings findings) {
        boolean client = payload.fromOriginator();
        return switch (client ? fromClient : fromServer) {
            case HEAD -> head(payload, findings);
            case CHUNK -> chunk(payload);
            case CONTENT -> content(payload, false);
            case CHUNK_CONTENT -> content(payload, true);
            case CHUNK_END -> chunkEnd(payload);
            case TRAILER -> trailer(payload);
            case TUNNEL -> tunnel(payload, findings);
        };
    }

    @Override
    public int gap(Direction direction, long length) {
        boolean client = direction == Direction.ORIGINATOR;
        Optional<Body> body = client ? clientBody : serverBody;
        if (body.isPresent()) {
            boolean chunked = (client ? fromClient : fromServer) != Next.CONTENT;
            boolean inside = body.get().gap(length);
            if (!inside || body.get().isEmpty()) next(client, inside && chunked ? Next.CHUNK_END : Next.HEAD);
            if (!inside || body.get().isEmpty() && !chunked) body(client, Optional.empty());
            if (inside && body.get().isEmpty() && !chunked) body.get().ends();
        }
        return 0; // the next head will be found again, or not
    }

    private Optional<Body> body(Payload payload) {
        return payload.fromOriginator() ? clientBody : serverBody;
    }

    private void body(boolean client, Optional<Body> body) {
        if (client) clientBody = body;
        else serverBody = body;
    }

    /** What is there of a content that somebody wants. */
    private int content(Payload payload, boolean chunked) {
        Body body = body(payload).orElseThrow();
        int taken = body.take(payload);
        if (body.isEmpty()) next(payload, chunked ? Next.CHUNK_END : ended(payload, body));
        return taken;
    }

    private Next ended(Payload payload, Body body) {
        body.ends();
        body(payload.fromOriginator(), Optional.empty());
        return Next.HEAD;
    }

    private void next(Payload payload, Next next) {
        next(payload.fromOriginator(), next);
    }

    private void next(boolean client, Next next) {
        if (client) fromClient = next;
        else fromServer = next;
    }

    private int head(Payload payload, Findings findings) {
        if (!HttpHead.mayBegin(payload)) return resynchronise(payload);
        Optional<HttpHead> found = HttpHead.at(payload);
        if (found.isEmpty()) return 0;
        HttpHead head = found.get();
        if (head.firstLine().isEmpty()) return head.length(); // RFC 9112 §2.2: an empty line before a request
        if (head.firstLine().startsWith("HTTP/")) return response(payload, head, findings);
        String[] words = head.firstLine().split(" ");
        if (words.length < 2 || !words[words.length - 1].startsWith("HTTP/")) return resynchronise(payload);
        return request(payload, head, words, findings);
    }

    /** After a gap, or behind a body of unknown length: goes on at the next line. */
    private static int resynchronise(Payload payload) {
        int end = payload.indexOf('\n', 0, payload.length());
        return end < 0 ? payload.length() : end + 1;
    }

    private int request(Payload payload, HttpHead head, String[] words, Findings findings) {
        String method = words[0];
        String target = words[1];
        Optional<String> host = head.field("host");
        openRequests++;
        if (method.equals("HEAD") && openRequests <= 30) headRequests |= 1 << openRequests - 1;
        if (method.equals("CONNECT")) {
            connecting = true;
            findings.carries("http_connect");
            findings.host(target);
        } else if (target.startsWith("http://") || target.startsWith("ftp://")) {
            findings.carries("http_proxy");
        }
        host.ifPresent(findings::host);
        upgrading |= head.field("upgrade").isPresent() && head.says("connection", "upgrade");
        if (!findings.wantsAny()) {
            if (!connecting && !upgrading) return DONE;
        } else {
            if (targets.size() < MOST_OPEN) targets.add(target);
            findings.put(METHOD, method);
            findings.put(URI, target);
            host.ifPresent(value -> findings.put(HOST, value));
            tell(head, "user-agent", USER_AGENT, findings);
            tell(head, "referer", REFERER, findings);
        }
        boolean chunked = head.says("transfer-encoding", "chunked");
        return body(payload, head, target, Math.max(0, head.contentLength()), chunked, findings);
    }

    private int response(Payload payload, HttpHead head, Findings findings) {
        int status = status(head.firstLine());
        boolean toHead = (headRequests & 1) != 0;
        if (status >= 200 || status == 101) {
            headRequests >>>= 1;
            if (openRequests > 0) openRequests--;
        }
        String target = status < 200 || targets.isEmpty() ? "" : targets.removeFirst();
        if (findings.wantsAny()) {
            findings.put(STATUS, status);
            tell(head, "server", SERVER, findings);
            tell(head, "content-type", CONTENT_TYPE, findings);
            if (head.contentLength() >= 0) findings.put(CONTENT_LENGTH, head.contentLength());
        }
        if (status == 101) {
            String protocol = head.field("upgrade").orElse("").toLowerCase(Locale.ROOT);
            if (protocol.equals("websocket")) findings.handOver("websocket");
            else if (protocol.startsWith("h2c")) findings.handOver("http2");
            else return DONE;
            return head.length();
        }
        if (connecting && status >= 200 && status < 300) {
            fromClient = Next.TUNNEL;
            fromServer = Next.TUNNEL;
            return head.length();
        }
        if (!findings.wantsAny()) return DONE;
        boolean empty = status < 200 || status == 204 || status == 304 || toHead;
        if (empty) return head.length();
        boolean chunked = head.says("transfer-encoding", "chunked");
        long length = head.contentLength();
        return body(payload, head, target, length < 0 ? Long.MAX_VALUE : length, chunked, findings);
    }

    private static int status(String firstLine) {
        int space = firstLine.indexOf(' ');
        if (space < 0 || firstLine.length() < space + 4) return 0;
        int status = 0;
        for (int i = space + 1; i < space + 4; i++) {
            int digit = firstLine.charAt(i) - '0';
            if (digit < 0 || digit > 9) return 0;
            status = 10 * status + digit;
        }
        return status;
    }

    private static void tell(HttpHead head, String field, Attribute attribute, Findings findings) {
        if (findings.wants(attribute)) head.field(field).ifPresent(value -> findings.put(attribute, value));
    }

    /** What follows a head: given to whoever wants files, or passed over. */
    private int body(Payload payload, HttpHead head, String target, long length, boolean chunked, Findings findings) {
        long announced = chunked || length == Long.MAX_VALUE ? -1 : length;
        Optional<Body> wanted = length == 0 && !chunked
                ? Optional.empty()
                : Body.wanted(payload, head, target, chunked ? 0 : length, announced, findings);
        body(payload.fromOriginator(), wanted);
        if (chunked || wanted.isPresent()) {
            next(payload, chunked ? Next.CHUNK : Next.CONTENT);
            return head.length();
        }
        return length > EVERYTHING - head.length() ? EVERYTHING : head.length() + (int) length;
    }

    /** RFC 9112 §7.1: a line with the size in hexadecimal, then so many bytes and a line end. */
    private int chunk(Payload payload) {
        int end = payload.indexOf('\n', 0, CHUNK_LINE);
        if (end < 0) return payload.length() >= CHUNK_LINE ? DONE : 0;
        long size = 0;
        int at = 0;
        for (int digit = hex(payload.u8(at)); digit >= 0; digit = hex(payload.u8(++at))) {
            size = size << 4 | digit;
            if (size > EVERYTHING / 2) return EVERYTHING;
        }
        if (at == 0) return DONE;
        Optional<Body> body = body(payload);
        if (size == 0) {
            body.ifPresent(whole -> ended(payload, whole));
            next(payload, Next.TRAILER);
            return end + 1;
        }
        if (body.isEmpty()) return end + 1 + (int) size + 2;
        body.get().expect(size);
        next(payload, Next.CHUNK_CONTENT);
        return end + 1;
    }

    private int chunkEnd(Payload payload) {
        next(payload, Next.CHUNK);
        return 2; // the line end behind a chunk, also if only half of it is here
    }

    private static int hex(int c) {
        return Character.digit(c, 16);
    }

    /** Lines up to an empty one. */
    private int trailer(Payload payload) {
        int end = payload.indexOf('\n', 0, CHUNK_LINE);
        if (end < 0) return payload.length() >= CHUNK_LINE ? DONE : 0;
        if (end == 0 || end == 1 && payload.u8(0) == '\r') next(payload, Next.HEAD);
        return end + 1;
    }

    private static int tunnel(Payload payload, Findings findings) {
        if (payload.length() < 2) return 0;
        if (payload.u8(0) != 0x16 || payload.u8(1) != 3) return DONE;
        findings.handOver("tls");
        return 0;
    }
}
