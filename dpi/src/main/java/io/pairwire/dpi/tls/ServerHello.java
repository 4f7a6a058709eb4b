package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.List;
import java.util.Optional;

/** What a server chose, <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446</a> §4.1.3. */
public final class ServerHello {
    /** Handshake type, RFC 8446 §4. */
    public static final int TYPE = 2;

    private static final int RANDOM = 32;
    private static final int LONGEST_SESSION_ID = 32;

    private final int version;
    private final int cipherSuite;
    private final Extensions extensions;
    private final boolean whole;

    private ServerHello(int version, int cipherSuite, Extensions extensions, boolean whole) {
        this.version = version;
        this.cipherSuite = cipherSuite;
        this.extensions = extensions;
        this.whole = whole;
    }

    /** Reads the body of a handshake message; nothing if it cannot be a hello, or ends before the cipher suite. */
    public static Optional<ServerHello> read(ByteCursor body) {
        int version = body.u16();
        boolean plausible = version >= 0x0300 && version <= 0x0304
                || version >= 0xfefc && version <= 0xfeff
                || version >= 0x7f00 && version <= 0x7fff; // drafts of TLS 1.3 said so here
        if (!plausible) return Optional.empty();
        body.skip(RANDOM);
        boolean draft = version >= 0x7f00 && version < 0x7f16; // until draft 22 there was no session id
        if (!draft) {
            int session = body.u8();
            if (session > LONGEST_SESSION_ID) return Optional.empty();
            body.skip(session);
        }
        int cipherSuite = body.u16();
        if (!draft) body.skip(1); // compression method
        if (body.failed()) return Optional.empty();
        var extensions = Extensions.read(body, true);
        return Optional.of(new ServerHello(version, cipherSuite, extensions, !body.failed() && !extensions.isCut()));
    }

    /** What it takes in memory, an upper estimate. */
    int bytes() {
        return 64 + extensions.bytes();
    }

    /** The version in the hello itself. */
    public int version() {
        return version;
    }

    /** The version that will be spoken, RFC 8446 §4.2.1. */
    public int chosenVersion() {
        int[] versions = extensions.versions();
        return versions.length == 0 ? version : versions[0];
    }

    public int cipherSuite() {
        return cipherSuite;
    }

    public Extensions extensions() {
        return extensions;
    }

    /** RFC 7301: none or one, and in TLS 1.3 none in the clear. */
    public List<String> protocols() {
        return extensions.protocols();
    }

    /** Was all of it captured? */
    public boolean isWhole() {
        return whole;
    }
}
