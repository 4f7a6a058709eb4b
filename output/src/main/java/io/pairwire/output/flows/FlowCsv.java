package io.pairwire.output.flows;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Session;

/** Comma-separated values with a heading; a field with comma, quotation mark or line end stands in quotation marks (RFC 4180). */
public final class FlowCsv implements FlowFormat {
    private final boolean heading;

    /** @param heading begin with the names of the columns? */
    public FlowCsv(boolean heading) {
        this.heading = heading;
    }

    @Override
    public String heading() {
        return heading
                ? "capture,start_ns,end_ns,l4,src,src_port,dst,dst_port,path,label,confidence,packets_out,packets_in,"
                        + "bytes_out,bytes_in,state,history,payload_out,payload_in,rtt_ns,id,parent,attributes\n"
                : "";
    }

    @Override
    public void print(StringBuilder line, Session session, String capture) {
        quoted(line, capture).append(',');
        line.append(session.firstNanos())
                .append(',')
                .append(session.lastNanos())
                .append(',');
        line.append(session.ipProtocol()).append(',');
        line.append(AddressLiteral.of(session.ipVersion(), session.originatorHigh(), session.originatorLow()));
        line.append(',').append(session.originatorPort()).append(',');
        line.append(AddressLiteral.of(session.ipVersion(), session.responderHigh(), session.responderLow()));
        line.append(',').append(session.responderPort()).append(',');
        line.append(session.path()).append(',');
        line.append(String.join(".", session.label())).append(',');
        line.append(session.confidence().text()).append(',');
        line.append(session.packets(Direction.ORIGINATOR)).append(',');
        line.append(session.packets(Direction.RESPONDER)).append(',');
        line.append(session.bytes(Direction.ORIGINATOR)).append(',');
        line.append(session.bytes(Direction.RESPONDER)).append(',');
        line.append(session.state()).append(',').append(session.history()).append(',');
        line.append(session.payloadBytes(Direction.ORIGINATOR)).append(',');
        line.append(session.payloadBytes(Direction.RESPONDER)).append(',');
        if (session.roundTripNanos() >= 0) line.append(session.roundTripNanos());
        line.append(',')
                .append(session.id())
                .append(',')
                .append(session.parent())
                .append(',');
        var values = session.attributes();
        var all = new StringBuilder();
        for (int i = 0; i < values.count(); i++) {
            if (i > 0) all.append('|');
            all.append(values.attribute(i).name()).append('=').append(values.text(i));
        }
        quoted(line, all.toString());
    }

    private static StringBuilder quoted(StringBuilder line, String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        return plain
                ? line.append(text)
                : line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
}
