package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The extensions of a hello, <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446</a> §4.2, as far as they are of use here. */
public final class Extensions {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int APPLICATION_PROTOCOLS = 16;
    static final int SUPPORTED_VERSIONS = 43;
    static final int TRANSPORT_PARAMETERS = 57;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    static final Extensions NONE = new Extensions();

    private static final int HOST_NAME = 0;
    private static final int MOST_PROTOCOLS = 64;

    private int[] types = Numbers.NONE;
    private int[] groups = Numbers.NONE;
    private int[] pointFormats = Numbers.NONE;
    private int[] signatureAlgorithms = Numbers.NONE;
    private int[] versions = Numbers.NONE;
    private List<String> protocols = List.of();
    private @Nullable String serverName;
    private boolean cut;

    private Extensions() {}

    /** What they take in memory, an upper estimate. */
    int bytes() {
        int numbers = types.length + groups.length + pointFormats.length + signatureAlgorithms.length + versions.length;
        int text = serverName == null ? 0 : serverName.length();
        for (String protocol : protocols) text += 56 + protocol.length();
        return 256 + 4 * numbers + 2 * text;
    }

    /** Reads the rest of a hello. A hello may end before its extensions and is whole then. */
    static Extensions read(ByteCursor rest, boolean fromServer) {
        if (!rest.hasMore()) {
            if (!rest.failed()) return NONE;
            var nothing = new Extensions();
            nothing.cut = true;
            return nothing;
        }
        var extensions = new Extensions();
        var list = rest.sliceUpTo(rest.u16());
        int[] types = new int[16];
        int count = 0;
        while (list.remaining() >= 4) {
            int type = list.u16();
            var body = list.sliceUpTo(list.u16());
            if (count == types.length) types = Arrays.copyOf(types, count * 2);
            types[count++] = type;
            extensions.extension(type, body, fromServer);
        }
        extensions.types = Arrays.copyOf(types, count);
        extensions.cut = rest.failed() || list.failed() || list.hasMore();
        return extensions;
    }

    private void extension(int type, ByteCursor body, boolean fromServer) {
        switch (type) {
            case SERVER_NAME -> serverName(body);
            case SUPPORTED_GROUPS -> groups = Numbers.u16s(body.sliceUpTo(body.u16()));
            case POINT_FORMATS -> pointFormats = Numbers.u8s(body.sliceUpTo(body.u8()));
            case SIGNATURE_ALGORITHMS -> signatureAlgorithms = Numbers.u16s(body.sliceUpTo(body.u16()));
            case APPLICATION_PROTOCOLS -> protocols(body.sliceUpTo(body.u16()));
            case SUPPORTED_VERSIONS ->
                versions = fromServer ? Numbers.u16s(body) : Numbers.u16s(body.sliceUpTo(body.u8()));
            default -> {} // its type is all that matters
        }
    }

    private void serverName(ByteCursor body) {
        var names = body.slice(body.u16());
        while (names.remaining() >= 3) {
            int kind = names.u8();
            var name = names.slice(names.u16());
            if (kind == HOST_NAME && name.hasMore()) {
                serverName = name.restAsText();
                return;
            }
        }
    }

    private void protocols(ByteCursor list) {
        var names = new ArrayList<String>();
        while (list.hasMore() && names.size() < MOST_PROTOCOLS) {
            var name = list.slice(list.u8());
            if (name.failed()) break;
            names.add(name.restAsText());
        }
        protocols = List.copyOf(names);
    }

    /** The types in the order sent, reserved ones too. */
    public int[] types() {
        return types.clone();
    }

    public boolean has(int type) {
        for (int each : types) if (each == type) return true;
        return false;
    }

    /** RFC 8422 §5.1.1, RFC 8446 §4.2.7. */
    public int[] groups() {
        return groups.clone();
    }

    /** RFC 8422 §5.1.2. */
    public int[] pointFormats() {
        return pointFormats.clone();
    }

    /** RFC 8446 §4.2.3. */
    public int[] signatureAlgorithms() {
        return signatureAlgorithms.clone();
    }

    /** RFC 8446 §4.2.1; from a server the one it chose. */
    public int[] versions() {
        return versions.clone();
    }

    /** RFC 7301. */
    public List<String> protocols() {
        return protocols;
    }

    /** RFC 6066 §3. */
    public Optional<String> serverName() {
        return Optional.ofNullable(serverName);
    }

    /** Does the client hide its real hello (RFC 9849)? The name here is then that of its provider. */
    public boolean isEncryptedHelloOffered() {
        return has(ENCRYPTED_CLIENT_HELLO);
    }

    /** Did the list end before it should? */
    boolean isCut() {
        return cut;
    }
}
