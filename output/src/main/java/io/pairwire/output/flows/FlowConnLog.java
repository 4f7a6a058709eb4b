package io.pairwire.output.flows;

import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Session;
import java.util.Locale;

/** The columns of Zeek's {@code conn.log}, separated by tabs, under its heading. Whether an address is local is left open. */
public final class FlowConnLog implements FlowFormat {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final boolean heading;

    /** @param heading begin with the names and types of the columns? */
    public FlowConnLog(boolean heading) {
        this.heading = heading;
    }

    @Override
    public String heading() {
        return heading ? """
                #separator \\x09
                #set_separator	,
                #empty_field	(empty)
                #unset_field	-
                #path	conn
                #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	local_orig	local_resp	missed_bytes	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents	ip_proto
                #types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	bool	bool	count	string	count	count	count	count	set[string]	count
                """ : "";
    }

    @Override
    public void print(StringBuilder line, Session session, String capture) {
        boolean icmp = session.icmpType() >= 0;
        seconds(line, session.firstNanos());
        line.append('\t').append(uid(session.id())).append('\t');
        line.append(AddressLiteral.of(session.ipVersion(), session.originatorHigh(), session.originatorLow()));
        line.append('\t')
                .append(icmp ? session.icmpType() : session.originatorPort())
                .append('\t');
        line.append(AddressLiteral.of(session.ipVersion(), session.responderHigh(), session.responderLow()));
        line.append('\t')
                .append(icmp ? session.icmpCode() : session.responderPort())
                .append('\t');
        line.append(transport(session.ipProtocol())).append('\t');
        line.append(session.label().isEmpty() ? "-" : session.label().getFirst().toLowerCase(Locale.ROOT));
        line.append('\t');
        long packets = session.packets(Direction.ORIGINATOR) + session.packets(Direction.RESPONDER);
        if (packets > 1) seconds(line, session.lastNanos() - session.firstNanos());
        else line.append('-');
        bytes(line.append('\t'), session, Direction.ORIGINATOR, packets);
        bytes(line.append('\t'), session, Direction.RESPONDER, packets);
        line.append('\t').append(session.state()).append("\t-\t-\t");
        line.append(session.missedBytes(Direction.ORIGINATOR) + session.missedBytes(Direction.RESPONDER));
        line.append('\t').append(session.history().isEmpty() ? "-" : session.history());
        line.append('\t').append(session.packets(Direction.ORIGINATOR));
        line.append('\t').append(session.ipBytes(Direction.ORIGINATOR));
        line.append('\t').append(session.packets(Direction.RESPONDER));
        line.append('\t').append(session.ipBytes(Direction.RESPONDER));
        line.append('\t').append(session.parent() == 0 ? "-" : uid(session.parent()));
        line.append('\t').append(session.ipProtocol());
    }

    private static void bytes(StringBuilder line, Session session, Direction direction, long packets) {
        long bytes = session.payloadBytes(direction);
        if (packets > 1 || bytes > 0) line.append(bytes);
        else line.append('-');
    }

    private static String transport(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> "icmp";
            default -> "unknown_transport";
        };
    }

    private static void seconds(StringBuilder line, long nanos) {
        long micros = Math.floorDiv(nanos, 1_000);
        long whole = Math.floorDiv(micros, 1_000_000);
        int rest = (int) (micros - whole * 1_000_000);
        line.append(whole).append('.');
        String digits = Integer.toString(rest);
        line.repeat('0', 6 - digits.length()).append(digits);
    }

    /** The same for the same number of a session, so that children can name their parents. */
    private static String uid(long id) {
        long mixed = (id + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 29;
        var text = new StringBuilder("C");
        for (int i = 0; i < 11; i++) {
            text.append(DIGITS.charAt((int) Long.remainderUnsigned(mixed, DIGITS.length())));
            mixed = Long.divideUnsigned(mixed, DIGITS.length());
        }
        return text.toString();
    }
}
