package io.pairwire.dpi.condition;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What conditions may ask of every session, besides attributes. */
public enum SessionField {
    ID("session.id", "number of the session, from 1", Session::id),
    PARENT("session.parent", "number of the session that carries or announced it, or 0", Session::parent),
    PACKETS("session.packets", "packets both ways", s -> both(s::packets)),
    PACKETS_OUT("session.packets_out", "packets of the originator", s -> s.packets(Direction.ORIGINATOR)),
    PACKETS_IN("session.packets_in", "packets of the responder", s -> s.packets(Direction.RESPONDER)),
    BYTES("session.bytes", "bytes on the wire both ways", s -> both(s::bytes)),
    BYTES_OUT("session.bytes_out", "bytes of the originator", s -> s.bytes(Direction.ORIGINATOR)),
    BYTES_IN("session.bytes_in", "bytes of the responder", s -> s.bytes(Direction.RESPONDER)),
    PAYLOAD("session.payload", "bytes of payload both ways", s -> both(s::payloadBytes)),
    START("session.start", "time of the first packet, nanoseconds since 1970", Session::firstNanos),
    DURATION(
            "session.duration",
            "from the first packet to the latest, nanoseconds",
            s -> s.lastNanos() - s.firstNanos()),
    LABEL("session.label", "any part of the label", Session::label, false),
    BASE(
            "session.base",
            "the base protocol",
            s -> s.label().isEmpty() ? List.of() : List.of(s.label().getFirst()),
            false),
    PATH("session.path", "protocols from link to application", s -> List.of(s.path()), false),
    CONFIDENCE(
            "session.confidence",
            "dpi, partial, cache, ip, port, unknown",
            s -> List.of(s.confidence().text()),
            false),
    STATE("session.state", "conn_state of Zeek", s -> List.of(s.state()), false),
    HISTORY("session.history", "history of Zeek", s -> List.of(s.history()), false),
    IP_VERSION("ip.version", "4 or 6", Session::ipVersion),
    IP_PROTOCOL("ip.protocol", "number of the transport", Session::ipProtocol),
    IP_SOURCE(
            "ip.src",
            "address of the originator",
            s -> List.of(AddressLiteral.of(s.ipVersion(), s.originatorHigh(), s.originatorLow())),
            true),
    IP_DESTINATION(
            "ip.dst",
            "address of the responder",
            s -> List.of(AddressLiteral.of(s.ipVersion(), s.responderHigh(), s.responderLow())),
            true),
    IP_ADDRESS(
            "ip.addr",
            "either address",
            s -> List.of(
                    AddressLiteral.of(s.ipVersion(), s.originatorHigh(), s.originatorLow()),
                    AddressLiteral.of(s.ipVersion(), s.responderHigh(), s.responderLow())),
            true),
    SOURCE_PORT("port.src", "port of the originator", Session::originatorPort),
    DESTINATION_PORT("port.dst", "port of the responder", Session::responderPort),
    TCP_RETRANSMISSIONS("tcp.retransmissions", "segments sent again, both ways", s -> both(s::retransmissions)),
    TCP_OUT_OF_ORDER("tcp.out_of_order", "segments that came late, both ways", s -> both(s::outOfOrder)),
    TCP_MISSED("tcp.missed_bytes", "bytes of the stream that never came, both ways", s -> both(s::missedBytes)),
    TCP_ROUND_TRIP("tcp.rtt", "round trip of the handshake, nanoseconds, or -1", Session::roundTripNanos);

    private final String text;
    private final String description;
    private final Optional<ToLongFunction<Session>> number;
    private final Function<Session, List<String>> texts;
    private final boolean address;

    SessionField(String text, String description, ToLongFunction<Session> number) {
        this.text = text;
        this.description = description;
        this.number = Optional.of(number);
        this.texts = _ -> List.of();
        address = false;
    }

    SessionField(String text, String description, Function<Session, List<String>> texts, boolean address) {
        this.text = text;
        this.description = description;
        this.number = Optional.empty();
        this.texts = texts;
        this.address = address;
    }

    private static long both(ToLongFunction<Direction> of) {
        return of.applyAsLong(Direction.ORIGINATOR) + of.applyAsLong(Direction.RESPONDER);
    }

    static Optional<SessionField> of(String name) {
        for (SessionField field : values()) {
            if (field.text.equals(name)) return Optional.of(field);
        }
        return Optional.empty();
    }

    /** Its name in conditions. */
    public String text() {
        return text;
    }

    public String description() {
        return description;
    }

    /** Is it a number? */
    public boolean isNumeric() {
        return number.isPresent();
    }

    boolean isAddress() {
        return address;
    }

    long number(Session session) {
        return number.orElseThrow().applyAsLong(session);
    }

    List<String> texts(Session session) {
        return texts.apply(session);
    }
}
