package io.pairwire.dpi.protocol;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.dpi.Protocol;
import java.util.List;
import java.util.ServiceLoader;

/** Every protocol that is built in, TLS, QUIC, SSH and HTTP/2 among them, on conversations that nobody would lead. */
class ProtocolFuzzTest {
    private static final List<Protocol> ALL = ServiceLoader.load(Protocol.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** The memory ends where the payload does, so a read past it throws; and so does an attribute that is not declared. */
    @FuzzTest
    void no_conversation_makes_a_protocol_throw(FuzzedDataProvider input) {
        var protocol = ALL.get(input.consumeInt(0, ALL.size() - 1));
        int port = EveryProtocolProperties.port(protocol);
        var dialogue = input.consumeBoolean() ? Dialogue.tcp(protocol, port) : Dialogue.udp(protocol, port);
        for (int turn = 0; turn < 8 && input.remainingBytes() > 0; turn++) {
            boolean originator = input.consumeBoolean();
            byte[] bytes = input.consumeBytes(input.consumeInt(1, 600));
            if (bytes.length > 0) dialogue.says(originator, bytes);
        }
    }
}
