package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who logs in by NTLM, MS-NLMP §2.2.1.3: the last of its three messages, wherever another protocol carries it. */
record Ntlm(String user, String domain, String host) {
    private static final String SIGNATURE = "NTLMSSP\0";
    private static final int AUTHENTICATE = 3;
    private static final int HEADER = 64;

    /** Looks for the message in a range of the payload. */
    static Optional<Ntlm> find(Payload payload, int from, int length) {
        int last = from + length - HEADER;
        for (int at = payload.indexOf('N', from, last); at >= 0; at = payload.indexOf('N', at + 1, last)) {
            if (payload.matches(at, SIGNATURE)) return read(payload, at, from + length - at);
        }
        return Optional.empty();
    }

    private static Optional<Ntlm> read(Payload payload, int at, int length) {
        if (payload.littleU32(at + 8) != AUTHENTICATE) return Optional.empty();
        boolean wide = (payload.littleU32(at + 60) & 1) != 0;
        return Optional.of(new Ntlm(
                text(payload, at, length, 36, wide),
                text(payload, at, length, 28, wide),
                text(payload, at, length, 44, wide)));
    }

    private static String text(Payload payload, int at, int length, int field, boolean wide) {
        int bytes = payload.littleU16(at + field);
        int offset = payload.littleU32(at + field + 4);
        if (offset < 0 || offset > length - bytes) return "";
        return new String(
                payload.bytes(at + offset, bytes), wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }
}
