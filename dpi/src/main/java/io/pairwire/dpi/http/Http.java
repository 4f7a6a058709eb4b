package io.pairwire.dpi.http;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HTTP/1, <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>, on any port. */
@BuiltIn
public final class Http implements Protocol {
    private static final List<String> METHODS = List.of(
            "GET ",
            "POST ",
            "HEAD ",
            "PUT ",
            "DELETE ",
            "OPTIONS ",
            "CONNECT ",
            "TRACE ",
            "PATCH ",
            "PROPFIND ",
            "PROPPATCH ",
            "MKCOL ",
            "COPY ",
            "MOVE ",
            "LOCK ",
            "UNLOCK ",
            "REPORT ",
            "SEARCH ",
            "SUBSCRIBE ",
            "UNSUBSCRIBE ",
            "NOTIFY ",
            "RPC_IN_DATA ",
            "RPC_OUT_DATA ",
            "MERGE ",
            "CHECKOUT ",
            "PURGE ");
    private static final String VERSION = "HTTP/";

    /** A target without an end that is so long is believed. */
    private static final int LONG_TARGET = 1024;

    /** For the registry. */
    public Http() {}

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String label() {
        return "HTTP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        var triggers = new ArrayList<Trigger>();
        for (String method : METHODS) triggers.add(Trigger.starts(Transport.TCP, method));
        triggers.add(Trigger.starts(Transport.TCP, VERSION));
        triggers.add(Trigger.tcp(80));
        return triggers;
    }

    @Override
    public List<Attribute> attributes() {
        return HttpParser.ATTRIBUTES;
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() >= 12 && payload.matches(0, VERSION)) {
            boolean one = payload.u8(5) == '1' && payload.u8(6) == '.' && payload.u8(8) == ' ';
            return one && Character.isDigit(payload.u8(9)) ? Recognition.YES : Recognition.NEVER;
        }
        if (payload.mayMatch(0, VERSION)) return Recognition.MORE;
        for (String method : METHODS) {
            if (!payload.mayMatch(0, method)) continue;
            return payload.length() <= method.length() ? Recognition.MORE : request(payload, method.length());
        }
        return Recognition.NEVER;
    }

    private static Recognition request(Payload payload, int targetAt) {
        int end = payload.indexOf('\n', targetAt, payload.length());
        if (end < 0) {
            boolean path = payload.u8(targetAt) == '/' && payload.length() >= LONG_TARGET;
            return path ? Recognition.YES : Recognition.MORE;
        }
        for (int at = Math.max(targetAt, end - 12); at < end; at++) {
            if (payload.matches(at, VERSION)) return Recognition.YES;
        }
        return Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new HttpParser());
    }
}
