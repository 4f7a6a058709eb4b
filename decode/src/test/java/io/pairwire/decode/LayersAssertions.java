package io.pairwire.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What holds for the layers of any packet, however broken it is. */
final class LayersAssertions {
    private LayersAssertions() {}

    static List<Layer> kinds(Layers layers) {
        var kinds = new ArrayList<Layer>();
        for (int i = 0; i < layers.depth(); i++) kinds.add(layers.kind(i));
        return kinds;
    }

    static void assertInside(Packet packet, Layers layers) {
        int captured = packet.capturedLength();
        int wire = Math.max(captured, packet.originalLength());
        int before = -1;
        for (int i = 0; i < layers.depth(); i++) {
            assertTrue(layers.at(i) > before && layers.at(i) < captured, "layer " + i + " at " + layers.at(i));
            before = layers.at(i);
        }

        assertEquals(layers.verdict() == Verdict.OK, layers.failedAt() == -1);
        assertTrue(layers.failedAt() <= captured);
        assertTrue(layers.verdict() != Verdict.TRUNCATED || captured < wire, "truncated, but nothing was cut");

        assertEquals(layers.isIp(), layers.networkAt() >= 0);
        assertTrue(layers.networkAt() < captured);
        assertEquals(layers.isIp(), layers.ipProtocol() >= 0);
        assertTrue(layers.fragmentOffset() >= 0 && layers.fragmentOffset() < 65536);

        assertTrue(layers.transportAt() == -1 || layers.transportAt() + 4 <= captured);
        assertTrue(layers.sourcePort() >= 0 && layers.sourcePort() < 65536);
        assertTrue(layers.destinationPort() >= 0 && layers.destinationPort() < 65536);
        if (layers.transport() == 0) {
            assertEquals(-1, layers.payloadAt());
            assertEquals(0, layers.payloadLength());
            assertEquals(0, layers.payloadCaptured());
        } else {
            assertTrue(layers.transportAt() >= 0 && layers.transportAt() < layers.payloadAt());
            assertEquals(layers.transport(), layers.ipProtocol());
            assertEquals(0, layers.fragmentOffset());
            assertTrue(layers.payloadCaptured() >= 0 && layers.payloadCaptured() <= layers.payloadLength());
            assertTrue(layers.payloadAt() + layers.payloadCaptured() <= captured);
            assertTrue(layers.payloadAt() + layers.payloadLength() <= wire);
            assertTrue(layers.payloadCaptured() == layers.payloadLength()
                    || layers.payloadAt() + layers.payloadCaptured() == captured);
        }
    }

    static void assertSame(Layers expected, Layers actual) {
        assertEquals(fields(expected), fields(actual));
    }

    private static List<Object> fields(Layers layers) {
        var fields = new ArrayList<Object>();
        for (int i = 0; i < layers.depth(); i++) {
            fields.add(layers.kind(i));
            fields.add(layers.at(i));
        }
        fields.addAll(List.of(layers.verdict(), layers.failedAt()));
        fields.addAll(outermost(layers));
        return fields;
    }

    /** Paths may differ, and how the look at the packet ended; addresses, ports and payload may not. */
    static void assertSameOutermost(Layers expected, Layers actual) {
        assertEquals(outermost(expected), outermost(actual));
    }

    private static List<Object> outermost(Layers layers) {
        var fields = new ArrayList<Object>(List.of(layers.networkAt(), layers.ipVersion()));
        fields.addAll(List.of(layers.ipProtocol(), layers.fragmentOffset(), layers.moreFragments()));
        fields.addAll(List.of(layers.sourceHigh(), layers.sourceLow(), layers.destinationHigh()));
        fields.addAll(List.of(layers.destinationLow(), layers.transportAt(), layers.transport(), layers.sourcePort()));
        fields.addAll(List.of(layers.destinationPort(), layers.payloadAt(), layers.payloadLength()));
        fields.add(layers.payloadCaptured());
        return fields;
    }
}
