package io.pairwire.dpi.quic;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Versions whose first packets can be read, by the salt of their keys: <a href="https://www.rfc-editor.org/rfc/rfc9001">RFC
 * 9001</a> §5.2, <a href="https://www.rfc-editor.org/rfc/rfc9369">RFC 9369</a> §3.3, and the drafts before them.
 */
enum QuicVersion {
    V1("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic ", 0),
    V2("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2 ", 1),
    DRAFT_29("afbfec289993d24c9e9786f19c6111e04390a899", "quic ", 0),
    DRAFT_23("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic ", 0),
    DRAFT_22("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a", "quic ", 0),
    /** Google's, on the way to the standard. */
    Q050("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", "quic ", 0),
    T050("7ff579e5acd072915580304c43a2367c60488310", "quic ", 0),
    T051("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d", "quic ", 0);

    /** What may stand behind a version that nobody speaks: a client has to make keys of some version it knows. */
    private static final List<QuicVersion> LIKELY = List.of(V1, DRAFT_29, DRAFT_23);

    final byte[] salt;
    final String label;
    /** The type of an Initial packet in a long header. */
    final int initialType;

    QuicVersion(String salt, String label, int initialType) {
        this.salt = HexFormat.of().parseHex(salt);
        this.label = label;
        this.initialType = initialType;
    }

    /** Whose keys an Initial packet with that version may have; none for versions whose salt is not known here. */
    static List<QuicVersion> candidates(int version) {
        return isReserved(version) ? LIKELY : of(version).map(List::of).orElse(List.of());
    }

    /** RFC 9000 §15: versions that are sent to see who copes. */
    static boolean isReserved(int version) {
        return (version & 0x0f0f0f0f) == 0x0a0a0a0a;
    }

    /** Nothing for versions whose salt is not known here. */
    static Optional<QuicVersion> of(int version) {
        if (version == 1) return Optional.of(V1);
        if (version == 0x6b3343cf || version == 0x709a50c4) return Optional.of(V2); // as published, as in its drafts
        if (version >>> 8 == 0xff0000) {
            int draft = version & 0xff;
            if (draft >= 33) return Optional.of(V1);
            if (draft >= 29) return Optional.of(DRAFT_29);
            if (draft >= 23) return Optional.of(DRAFT_23);
            return draft >= 21 ? Optional.of(DRAFT_22) : Optional.empty();
        }
        return switch (version) {
            case 0x51303530 -> Optional.of(Q050);
            case 0x54303530 -> Optional.of(T050);
            case 0x54303531 -> Optional.of(T051);
            case 0xfaceb001 -> Optional.of(DRAFT_22); // mvfst
            case 0xfaceb002, 0xfaceb00e -> Optional.of(DRAFT_23);
            default -> Optional.empty();
        };
    }
}
