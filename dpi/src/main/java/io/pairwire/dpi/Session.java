package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;
import java.util.List;

/**
 * Both directions of a conversation between two endpoints. Valid inside the call that got it: sessions are used again after
 * their end. Belongs to one thread.
 */
public interface Session {

    /** From 1, in the order in which the sessions of a shard began. */
    long id();

    /** Of the session that announced this one or whose tunnel carries it; 0 if there is none. */
    long parent();

    /** Index of the file of its first packet in its source. */
    int file();

    /** 4 or 6. */
    int ipVersion();

    /** The number of the protocol in the IP header. */
    int ipProtocol();

    /** The upper 64 bits of the IPv6 address of the originator; 0 for IPv4. */
    long originatorHigh();

    /** The lower 64 bits of it, or an IPv4 address in the low 32 bits. */
    long originatorLow();

    long responderHigh();

    long responderLow();

    /** 0 without ports. */
    int originatorPort();

    int responderPort();

    /** The type of its first ICMP or ICMPv6 message, or -1. */
    int icmpType();

    /** The code of that message, or -1. */
    int icmpCode();

    /** Time of the first packet, nanoseconds since 1970. */
    long firstNanos();

    /** Time of the latest packet. */
    long lastNanos();

    /** Packets of one direction. */
    long packets(Direction direction);

    /** Bytes on the wire in one direction, link header included. */
    long bytes(Direction direction);

    /** Bytes from the IP header on. */
    long ipBytes(Direction direction);

    /** Bytes that the transport carried. */
    long payloadBytes(Direction direction);

    /** Packets with payload. */
    long payloadPackets(Direction direction);

    /** Round-trip time of the TCP handshake, nanoseconds, or -1. */
    long roundTripNanos();

    long retransmissions(Direction direction);

    long outOfOrder(Direction direction);

    /** Bytes of the TCP stream that never came. */
    long missedBytes(Direction direction);

    /** All flags that TCP headers of one direction had, those of {@link io.pairwire.decode.wire.Tcp#flags} together; else 0. */
    int tcpFlags(Direction direction);

    /** How it went, in the words of Zeek's {@code conn_state}. */
    String state();

    /** What was seen, in the letters of Zeek's {@code history}: capital ones from the originator. */
    String history();

    /** Base protocol first, application last; empty while unknown. */
    List<String> label();

    Confidence confidence();

    /** The protocols from link to application, separated by points. */
    String path();

    /** What was found, as far as wanted. */
    AttributeValues attributes();

    /**
     * A word of memory for the protocol that is being asked, 0 at first: what it must know of datagrams before. Only inside
     * {@link Protocol#recognise}.
     */
    long note();

    /** Sets that word. */
    void note(long note);
}
