package io.pairwire.dpi.http2;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Remote procedure calls that HTTP/2 carries; {@link Http2} tells by the type of their content. */
@BuiltIn
public final class Grpc implements Protocol {

    /** For the registry. */
    public Grpc() {}

    @Override
    public String name() {
        return "grpc";
    }

    @Override
    public String label() {
        return "gRPC";
    }

    @Override
    public List<String> parents() {
        return List.of("http2");
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
