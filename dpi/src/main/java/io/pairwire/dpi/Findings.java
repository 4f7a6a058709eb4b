package io.pairwire.dpi;

import java.util.Optional;
import java.util.function.Supplier;

/** Where a {@link SessionParser} tells what it found. Valid until its method returns; belongs to the thread of the session. */
public interface Findings {

    /** The session at hand. */
    Session session();

    /** Does anybody want this attribute? Otherwise do not trouble to make it. */
    boolean wants(Attribute attribute);

    /** Does anybody want any attribute, or a file, at all? If not, a parser is done as soon as the label is known. */
    boolean wantsAny();

    /** Sets a number, flag or duration; adds one to a list. */
    void put(Attribute attribute, long value);

    /** Sets text, an address or a fingerprint; adds one to a list. Longer than 4,096 characters is cut. */
    void put(Attribute attribute, String value);

    /**
     * Sets text that is only made if somebody reads it, of an attribute that is no list: for what costs much, such as a
     * fingerprint. Made at most once, by the thread of the session.
     *
     * @param bytes what the maker keeps in memory until then, an upper estimate
     */
    default void putLate(Attribute attribute, int bytes, Supplier<String> text) {
        put(attribute, text.get());
    }

    /** Sets bytes; adds some to a list. Copied; more than 256 are cut. */
    void put(Attribute attribute, byte[] value);

    /**
     * A file begins in the payload at hand, or behind it.
     *
     * @return who gets its bytes; empty if nobody wants files, or not this one
     */
    default Optional<FileReceiver> file(CarriedFile file) {
        return Optional.empty();
    }

    /** The session is with a host of that name: the application follows from the table of hosts. */
    void host(String name);

    /** What was negotiated inside TLS or QUIC. */
    void alpn(String name);

    /** A name in the certificate: tells the application if no host did. */
    void certificate(String name);

    /** The application, by its label. */
    void application(String label);

    /** The protocol carries this one, which joins the label: {@code websocket} in {@code http}. Unknown names do nothing. */
    void carries(String protocol);

    /**
     * From the byte behind those used up on, the session speaks another protocol, whose parser takes over.
     * Unknown names do nothing.
     */
    void handOver(String protocol);

    /**
     * Another session is about to begin, of that protocol and as a child of this one: FTP data, media of SIP.
     *
     * @param addressHigh upper half of one endpoint, 0 for IPv4
     * @param addressLow lower half, or an IPv4 address in the low 32 bits
     */
    void expect(String protocol, Transport transport, long addressHigh, long addressLow, int port);
}
