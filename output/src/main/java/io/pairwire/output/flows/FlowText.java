package io.pairwire.output.flows;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Session;
import io.pairwire.output.HumanText;
import io.pairwire.output.TimeFormat;
import io.pairwire.output.TimeText;
import java.nio.charset.StandardCharsets;

/**
 * For people: {@code 2026-01-31T12:00:00.000000001Z TCP 192.0.2.1:4000 -> 192.0.2.2:443 TLS.Google (dpi) 5/7 packets …}, then
 * attributes, one a line and indented.
 */
public final class FlowText implements FlowFormat {
    private final TimeText times = new TimeText(TimeFormat.ISO);
    private final byte[] moment = new byte[TimeText.LONGEST];

    /** A printer. */
    public FlowText() {}

    @Override
    public void print(StringBuilder line, Session session, String capture) {
        int length = times.moment(moment, 0, session.firstNanos());
        line.append(new String(moment, 0, length, StandardCharsets.US_ASCII)).append(' ');
        line.append(FlowNames.transport(session.ipProtocol())).append(' ');
        endpoint(line, session, true);
        line.append(" -> ");
        endpoint(line, session, false);
        line.append(' ').append(session.label().isEmpty() ? "Unknown" : String.join(".", session.label()));
        line.append(" (").append(session.confidence().text()).append(") ");
        line.append(session.packets(Direction.ORIGINATOR)).append('/').append(session.packets(Direction.RESPONDER));
        line.append(" packets ");
        line.append(session.bytes(Direction.ORIGINATOR)).append('/').append(session.bytes(Direction.RESPONDER));
        line.append(" bytes ").append(HumanText.duration(session.lastNanos() - session.firstNanos()));
        line.append(' ').append(session.state());
        if (!session.history().isEmpty()) line.append(' ').append(session.history());
        var values = session.attributes();
        for (int i = 0; i < values.count(); i++) {
            line.append("\n    ").append(values.attribute(i).name()).append(": ");
            printable(line, values.text(i));
        }
    }

    private static void endpoint(StringBuilder line, Session session, boolean originator) {
        long high = originator ? session.originatorHigh() : session.responderHigh();
        long low = originator ? session.originatorLow() : session.responderLow();
        int port = originator ? session.originatorPort() : session.responderPort();
        boolean brackets = session.ipVersion() == 6 && port != 0;
        if (brackets) line.append('[');
        line.append(AddressLiteral.of(session.ipVersion(), high, low));
        if (brackets) line.append(']');
        if (port != 0) line.append(':').append(port);
    }

    /** Nothing that moves the cursor of a terminal. */
    private static void printable(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? '?' : c);
        }
    }
}
