package io.pairwire.dpi.session;

/** How a session went, in the words of Zeek's {@code conn_state}. */
final class ConnectionState {
    private ConnectionState() {}

    static String ofTcp(Side originator, Side responder) {
        int o = originator.state;
        int r = responder.state;
        boolean originatorUnseen = o == Side.INACTIVE || o == Side.PARTIAL;
        boolean responderUnseen = r == Side.INACTIVE || r == Side.PARTIAL;
        if (r == Side.RESET) {
            boolean nothingSaid = originator.payloadBytes == 0 && responder.payloadBytes == 0;
            if (o == Side.SYN_SENT || o == Side.SYN_ACK_SENT || o == Side.RESET && nothingSaid) return "REJ";
            return originatorUnseen ? "RSTRH" : "RSTR";
        }
        if (o == Side.RESET) return responderUnseen ? "RSTOS0" : "RSTO";
        if (o == Side.CLOSED && r == Side.CLOSED) return "SF";
        if (o == Side.CLOSED) return responderUnseen ? "SH" : "S2";
        if (r == Side.CLOSED) return originatorUnseen ? "SHR" : "S3";
        if (o == Side.SYN_SENT && r == Side.INACTIVE) return "S0";
        return o == Side.ESTABLISHED && r == Side.ESTABLISHED ? "S1" : "OTH";
    }

    static String ofUdp(Side originator, Side responder) {
        if (originator.packets > 0) return responder.packets > 0 ? "SF" : "S0";
        return responder.packets > 0 ? "SHR" : "OTH";
    }
}
