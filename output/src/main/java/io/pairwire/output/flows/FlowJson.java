package io.pairwire.output.flows;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.CommunityId;
import io.pairwire.dpi.Session;
import io.pairwire.output.JsonText;

/** One JSON object a line; {@code docs/dpi.md} lists the names, which are stable. */
public final class FlowJson implements FlowFormat {
    /** A printer. */
    public FlowJson() {}

    @Override
    public void print(StringBuilder line, Session session, String capture) {
        line.append("{\"capture\":").append(JsonText.quoted(capture));
        number(line, "start_ns", session.firstNanos());
        number(line, "end_ns", session.lastNanos());
        number(line, "l4", session.ipProtocol());
        text(line, "src", AddressLiteral.of(session.ipVersion(), session.originatorHigh(), session.originatorLow()));
        number(line, "src_port", session.originatorPort());
        text(line, "dst", AddressLiteral.of(session.ipVersion(), session.responderHigh(), session.responderLow()));
        number(line, "dst_port", session.responderPort());
        text(line, "path", session.path());
        line.append(",\"label\":[");
        for (int i = 0; i < session.label().size(); i++) {
            if (i > 0) line.append(',');
            line.append(JsonText.quoted(session.label().get(i)));
        }
        line.append(']');
        text(line, "confidence", session.confidence().text());
        number(line, "packets_out", session.packets(Direction.ORIGINATOR));
        number(line, "packets_in", session.packets(Direction.RESPONDER));
        number(line, "bytes_out", session.bytes(Direction.ORIGINATOR));
        number(line, "bytes_in", session.bytes(Direction.RESPONDER));
        text(line, "state", session.state());
        text(line, "history", session.history());
        number(line, "payload_out", session.payloadBytes(Direction.ORIGINATOR));
        number(line, "payload_in", session.payloadBytes(Direction.RESPONDER));
        if (session.roundTripNanos() >= 0) number(line, "rtt_ns", session.roundTripNanos());
        number(line, "retransmissions_out", session.retransmissions(Direction.ORIGINATOR));
        number(line, "retransmissions_in", session.retransmissions(Direction.RESPONDER));
        number(line, "out_of_order_out", session.outOfOrder(Direction.ORIGINATOR));
        number(line, "out_of_order_in", session.outOfOrder(Direction.RESPONDER));
        number(line, "missed_bytes_out", session.missedBytes(Direction.ORIGINATOR));
        number(line, "missed_bytes_in", session.missedBytes(Direction.RESPONDER));
        number(line, "id", session.id());
        number(line, "parent", session.parent());
        text(line, "community_id", CommunityId.of(session));
        attributes(line, session.attributes());
        line.append('}');
    }

    private static void number(StringBuilder line, String name, long value) {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private static void text(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":").append(JsonText.quoted(value));
    }

    private static void attributes(StringBuilder line, AttributeValues values) {
        if (values.count() == 0) return;
        line.append(",\"attributes\":{");
        for (int i = 0; i < values.count(); i++) {
            Attribute attribute = values.attribute(i);
            if (attribute.isList() && isSeenBefore(values, i)) continue;
            if (i > 0) line.append(',');
            line.append(JsonText.quoted(attribute.name())).append(':');
            if (attribute.isList()) list(line, values, i);
            else value(line, values, i);
        }
        line.append('}');
    }

    private static boolean isSeenBefore(AttributeValues values, int index) {
        for (int i = 0; i < index; i++) {
            if (values.attribute(i).equals(values.attribute(index))) return true;
        }
        return false;
    }

    private static void list(StringBuilder line, AttributeValues values, int first) {
        line.append('[');
        for (int i = first; i < values.count(); i++) {
            if (!values.attribute(i).equals(values.attribute(first))) continue;
            if (i > first) line.append(',');
            value(line, values, i);
        }
        line.append(']');
    }

    private static void value(StringBuilder line, AttributeValues values, int index) {
        String text = values.text(index);
        line.append(values.attribute(index).type().isNumeric() ? text : JsonText.quoted(text));
    }
}
