package io.pairwire.dpi.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds for every protocol that is built in. */
class EveryProtocolProperties {
    private static final List<Protocol> ALL = ServiceLoader.load(Protocol.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** The memory ends where the payload ends, so a read past it throws; and nothing else may. */
    @Property(tries = 300)
    void no_payload_makes_a_protocol_throw(@ForAll long seed) {
        var random = new Random(seed);
        for (var protocol : ALL) {
            for (var transport : List.of(Transport.TCP, Transport.UDP)) {
                var dialogue = transport == Transport.TCP
                        ? Dialogue.tcp(protocol, port(protocol))
                        : Dialogue.udp(protocol, port(protocol));
                for (int i = 0; i < 4; i++) dialogue.says(random.nextBoolean(), payload(protocol, random));
            }
        }
    }

    /** Random bytes, mostly begun as the protocol wants it. */
    private static byte[] payload(Protocol protocol, Random random) {
        byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 12 : 300)];
        random.nextBytes(bytes);
        if (random.nextInt(4) == 0) for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (32 + (bytes[i] & 63));
        for (var trigger : protocol.triggers()) {
            if (!(trigger instanceof Trigger.Bytes wanted) || random.nextInt(3) == 0) continue;
            for (var pattern : wanted.patterns()) lay(pattern, bytes);
        }
        return bytes;
    }

    private static void lay(BytePattern pattern, byte[] bytes) {
        for (int i = 0; i < pattern.value().length; i++) {
            int at = pattern.offset() + i;
            if (at < 0 || at >= bytes.length) continue;
            bytes[at] = (byte) (bytes[at] & ~pattern.mask()[i] | pattern.value()[i]);
        }
    }

    static int port(Protocol protocol) {
        for (var trigger : protocol.triggers()) if (trigger instanceof Trigger.Ports ports) return ports.from();
        return 9999;
    }

    @Test
    void a_name_stands_for_one_protocol_or_attribute() {
        var names = new HashSet<String>();
        var known = new HashMap<String, Attribute>();
        for (var protocol : ALL) {
            assertTrue(names.add(protocol.name()), "twice: " + protocol.name());
            for (var attribute : protocol.attributes()) {
                var same = known.putIfAbsent(attribute.name(), attribute);
                assertTrue(same == null || same == attribute, "two of a name: " + attribute.name());
                assertFalse(attribute.description().isBlank(), attribute.name());
            }
        }
        assertTrue(names.size() > 40, "the list made at compile time was read");
    }
}
