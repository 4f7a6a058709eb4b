package io.pairwire.dpi.http2;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.bytes.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** HTTP/2 without TLS, <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113</a>, and what gRPC puts on top. */
@BuiltIn
public final class Http2 implements Protocol {
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final Attribute METHOD =
            Attribute.text("http2.method", "methods of the requests").list();
    private static final Attribute AUTHORITY =
            Attribute.text("http2.authority", "hosts of the requests").list();
    private static final Attribute PATH =
            Attribute.text("http2.path", "paths of the requests").list();
    private static final Attribute STATUS =
            Attribute.number("http2.status", "status of the answers").list();
    private static final Attribute USER_AGENT = Attribute.text("http2.user_agent", "the program of the client");
    private static final Attribute CONTENT_TYPE =
            Attribute.text("http2.content_type", "types of what is carried").list();
    private static final Attribute SERVER = Attribute.text("http2.server", "the program of the server");

    /** For the registry. */
    public Http2() {}

    @Override
    public String name() {
        return "http2";
    }

    @Override
    public String label() {
        return "HTTP2";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "tls");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.starts(Transport.TCP, PREFACE), new Trigger.Alpn("h2"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(METHOD, AUTHORITY, PATH, STATUS, USER_AGENT, CONTENT_TYPE, SERVER);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.mayMatch(0, PREFACE)) return Recognition.NEVER;
        return payload.length() >= PREFACE.length() ? Recognition.YES : Recognition.MORE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Frames());
    }

    /** Both directions of one connection. */
    private static final class Frames implements SessionParser {
        private static final int HEADER = 9;
        private static final int HEADERS = 1;
        private static final int PUSH_PROMISE = 5;
        private static final int CONTINUATION = 9;
        private static final int END_HEADERS = 0x04;
        private static final int PADDED = 0x08;
        private static final int PRIORITY = 0x20;
        /** Bytes of a frame that is looked into; others are passed over. */
        private static final int LONGEST = 16 * 1024;

        /** Bytes of headers that go on in further frames. */
        private static final int LONGEST_BLOCK = 64 * 1024;

        private final Side client = new Side();
        private final Side server = new Side();
        private boolean agentSeen;
        private boolean serverSeen;
        private boolean hostSeen;
        private boolean grpcSeen;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            if (payload.position() == 0 && payload.fromOriginator()) {
                if (!payload.mayMatch(0, PREFACE)) return DONE;
                if (payload.length() < PREFACE.length()) return 0;
                at = PREFACE.length();
            }
            var side = payload.fromOriginator() ? client : server;
            while (payload.has(at, HEADER)) {
                int length = payload.u24(at);
                int type = payload.u8(at + 3);
                boolean wanted = type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION;
                if (wanted && length <= LONGEST) {
                    if (!payload.has(at + HEADER, length)) return at;
                    block(type, payload.u8(at + 4), cursor(payload, at + HEADER, length), side, findings);
                } else if (wanted) {
                    side.headers.lose();
                }
                at += HEADER + length;
            }
            return client.headers.isLost() && server.headers.isLost() ? DONE : at;
        }

        /** What one direction remembers. */
        private static final class Side {
            private final HeaderDecoder headers = new HeaderDecoder();
            private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
        }

        private static ByteCursor cursor(Payload payload, int at, int length) {
            return payload.cursor(at, length);
        }

        private void block(int type, int flags, ByteCursor frame, Side side, Findings findings) {
            int padding = type != CONTINUATION && (flags & PADDED) != 0 ? frame.u8() : 0;
            if (type == HEADERS && (flags & PRIORITY) != 0) frame.skip(5);
            if (type == PUSH_PROMISE) frame.skip(4);
            if (side.headers.isLost() || frame.failed() || padding > frame.remaining()) return;
            var part = frame.slice(frame.remaining() - padding);
            if (type == CONTINUATION || (flags & END_HEADERS) == 0) {
                if (type != CONTINUATION) side.begun.reset();
                if (side.begun.size() + part.remaining() > LONGEST_BLOCK) side.headers.lose();
                else side.begun.writeBytes(part.bytes(part.remaining()));
                if ((flags & END_HEADERS) == 0) return;
                part = new ByteCursor(side.begun.toByteArray());
                side.begun.reset();
            }
            side.headers.read(part, (name, value) -> header(name, value, findings));
        }

        private void header(String name, String value, Findings findings) {
            switch (name) {
                case ":method" -> findings.put(METHOD, value);
                case ":path" -> findings.put(PATH, value);
                case ":status" -> status(value, findings);
                case ":authority" -> authority(value, findings);
                case "content-type" -> contentType(value, findings);
                case "user-agent" -> {
                    if (!agentSeen) findings.put(USER_AGENT, value);
                    agentSeen = true;
                }
                case "server" -> {
                    if (!serverSeen) findings.put(SERVER, value);
                    serverSeen = true;
                }
                default -> {} // not told
            }
        }

        private static void status(String value, Findings findings) {
            if (value.matches("[1-5][0-9][0-9]")) findings.put(STATUS, Integer.parseInt(value));
        }

        private void authority(String value, Findings findings) {
            findings.put(AUTHORITY, value);
            if (!hostSeen) findings.host(value.replaceFirst(":[0-9]+$", ""));
            hostSeen = true;
        }

        private void contentType(String value, Findings findings) {
            findings.put(CONTENT_TYPE, value);
            if (!grpcSeen && value.startsWith("application/grpc")) {
                grpcSeen = true;
                findings.carries("grpc");
            }
        }
    }
}
