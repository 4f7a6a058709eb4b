package io.pairwire.dpi.http;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** A proxy that is asked with whole URIs, RFC 9112 §3.2; {@link Http} finds it. */
@BuiltIn
public final class HttpProxy implements Protocol {
    /** For the registry. */
    public HttpProxy() {}

    @Override
    public String name() {
        return "http_proxy";
    }

    @Override
    public String label() {
        return "HTTP_Proxy";
    }

    @Override
    public List<String> parents() {
        return List.of("http");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER;
    }
}
