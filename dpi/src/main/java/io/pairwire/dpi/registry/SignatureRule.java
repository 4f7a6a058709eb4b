package io.pairwire.dpi.registry;

import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a signature: everything in it must hold of one payload.
 *
 * @param times how many payloads of the session it must hold of
 * @param ports one of the two must be in one of these ranges; empty for any
 * @param anywhere texts that stand somewhere in the first {@value #SEARCHED} bytes
 */
record SignatureRule(
        Transport transport,
        Sides sides,
        int shortest,
        int longest,
        int times,
        List<int[]> ports,
        List<BytePattern> patterns,
        List<FieldTest> tests,
        List<byte[]> anywhere) {
    static final int SEARCHED = 512;

    SignatureRule {
        ports = List.copyOf(ports);
        patterns = List.copyOf(patterns);
        tests = List.copyOf(tests);
        anywhere = List.copyOf(anywhere);
    }

    List<Trigger> triggers() {
        if (!patterns.isEmpty()) {
            int least = Math.max(1, shortest);
            return List.of(new Trigger.Bytes(transport, sides, least, longest, patterns));
        }
        var triggers = new ArrayList<Trigger>();
        for (int[] range : ports) {
            for (int port = range[0]; port <= range[1]; port++) triggers.add(new Trigger.Hint(transport, port));
        }
        if (triggers.isEmpty()) triggers.add(new Trigger.Any(transport, shortest, longest));
        return triggers;
    }

    boolean matches(Payload payload, Session session) {
        if (session.ipProtocol() != transport.number() && transport != Transport.IP) return false;
        if (payload.length() < shortest || payload.sentLength() > longest) return false;
        if (!sides.include(payload.direction())) return false;
        if (!ports.isEmpty() && !isOnPort(session.originatorPort()) && !isOnPort(session.responderPort())) return false;
        for (int i = 0; i < patterns.size(); i++) {
            if (!patterns.get(i).matches(payload)) return false;
        }
        for (int i = 0; i < tests.size(); i++) {
            if (!tests.get(i).matches(payload)) return false;
        }
        for (int i = 0; i < anywhere.size(); i++) {
            if (!contains(payload, anywhere.get(i))) return false;
        }
        return true;
    }

    private boolean isOnPort(int port) {
        for (int i = 0; i < ports.size(); i++) {
            if (port >= ports.get(i)[0] && port <= ports.get(i)[1]) return true;
        }
        return false;
    }

    private static boolean contains(Payload payload, byte[] text) {
        int last = Math.min(SEARCHED, payload.length()) - text.length;
        for (int at = 0; at <= last; at++) {
            if (payload.matches(at, text)) return true;
        }
        return false;
    }
}
