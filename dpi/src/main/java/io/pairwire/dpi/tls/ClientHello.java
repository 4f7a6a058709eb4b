package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client offers, <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446</a> §4.1.2 and RFC 5246 §7.4.1.2; for
 * DTLS, RFC 9147 §5.3.
 *
 * <p>A hello that was captured in part is kept as far as it goes, with {@link #isWhole} false: a name that was read is a
 * name, while a fingerprint of half a hello would be the fingerprint of another one.
 */
public final class ClientHello {
    /** Handshake type, RFC 8446 §4. */
    public static final int TYPE = 1;

    private static final int RANDOM = 32;
    private static final int LONGEST_SESSION_ID = 32;

    private final int version;
    private final int[] cipherSuites;
    private final Extensions extensions;
    private final boolean whole;

    private ClientHello(int version, int[] cipherSuites, Extensions extensions, boolean whole) {
        this.version = version;
        this.cipherSuites = cipherSuites;
        this.extensions = extensions;
        this.whole = whole;
    }

    /**
     * Reads the body of a handshake message.
     *
     * @param datagrams DTLS, whose hello has a cookie
     * @return nothing if it cannot be a hello
     */
    public static Optional<ClientHello> read(ByteCursor body, boolean datagrams) {
        int version = body.u16();
        if (datagrams != version > 0xf000 || !datagrams && (version < 0x0200 || version > 0x0304)) {
            return Optional.empty();
        }
        body.skip(RANDOM);
        int session = body.u8();
        if (session > LONGEST_SESSION_ID) return Optional.empty();
        body.skip(session);
        if (datagrams) body.skip(body.u8());
        int suites = body.u16();
        if (suites % 2 != 0) return Optional.empty();
        int[] cipherSuites = Numbers.u16s(body.sliceUpTo(suites));
        body.skip(body.u8()); // compression methods
        var extensions = Extensions.read(body, false);
        return Optional.of(new ClientHello(version, cipherSuites, extensions, !body.failed() && !extensions.isCut()));
    }

    /** What it takes in memory, an upper estimate. */
    int bytes() {
        return 64 + 4 * cipherSuites.length + extensions.bytes();
    }

    /** Reads the body of an SSL 2.0 hello that offers SSL 3.0 or newer, RFC 5246 appendix E.2, from its version on. */
    public static Optional<ClientHello> readVersion2(ByteCursor body) {
        int version = body.u16();
        int specs = body.u16();
        int session = body.u16();
        int challenge = body.u16();
        if (body.failed()
                || specs == 0
                || specs % 3 != 0
                || session > LONGEST_SESSION_ID
                || challenge < 16
                || challenge > RANDOM) {
            return Optional.empty();
        }
        if (version != 0x0002 && (version < 0x0300 || version > 0x0304)) return Optional.empty();
        var kinds = body.sliceUpTo(specs);
        int[] cipherSuites = new int[specs / 3];
        int count = 0;
        while (kinds.remaining() >= 3) {
            int kind = kinds.u24();
            if (kind <= 0xffff) cipherSuites[count++] = kind; // the others are ciphers of SSL 2.0
        }
        return Optional.of(new ClientHello(
                version, Arrays.copyOf(cipherSuites, count), Extensions.NONE, !kinds.failed() && !body.failed()));
    }

    /** The version in the hello itself, which newer clients leave at 0x0303. */
    public int version() {
        return version;
    }

    /** The newest version offered, RFC 8446 §4.2.1; reserved numbers (RFC 8701) do not count. */
    public int newestVersion() {
        int newest = 0;
        for (int offered : extensions.versions()) {
            if (Grease.isReserved(offered)) continue;
            boolean newer = version > 0xf000 ? newest == 0 || offered < newest : offered > newest; // DTLS counts down
            if (newer) newest = offered;
        }
        return newest == 0 ? version : newest;
    }

    public int[] cipherSuites() {
        return cipherSuites.clone();
    }

    public Extensions extensions() {
        return extensions;
    }

    /** RFC 6066 §3, in lower case. */
    public Optional<String> serverName() {
        return extensions.serverName().map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** RFC 7301, in the order offered. */
    public List<String> protocols() {
        return extensions.protocols();
    }

    /** Was all of it captured? */
    public boolean isWhole() {
        return whole;
    }
}
