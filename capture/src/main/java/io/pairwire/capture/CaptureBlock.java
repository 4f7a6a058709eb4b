package io.pairwire.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A pcapng block that is kept as it is: decryption secrets, custom blocks, and types that are not known here.
 *
 * @param type of the block, unsigned
 * @param order byte order of the section it stood in
 * @param body what lies between the two lengths, padding included; read-only
 */
public record CaptureBlock(int type, ByteOrder order, ByteBuffer body) {
    /** Keys for traffic that is encrypted, such as those of TLS. */
    public static final int DECRYPTION_SECRETS = 0x0000000a;

    /** An entry of the systemd journal. */
    public static final int SYSTEMD_JOURNAL = 0x00000009;

    /** Somebody's own block that may be copied to other files. */
    public static final int CUSTOM = 0x00000bad;

    /** Somebody's own block that means nothing outside its file. */
    public static final int CUSTOM_NOT_COPIED = 0x40000bad;

    public CaptureBlock {
        if (body.remaining() % 4 != 0) throw new IllegalArgumentException("body is not padded: " + body.remaining());
        body = body.slice().asReadOnlyBuffer();
    }

    /** The body from its beginning, in the byte order of its section. */
    @Override
    public ByteBuffer body() {
        return body.duplicate().order(order);
    }

    /** Bytes of the body. */
    int length() {
        return body.remaining();
    }

    /** May it stand in another file, whose byte order is that one? */
    public boolean isCopyable(ByteOrder target) {
        return switch (type) {
            case SYSTEMD_JOURNAL -> true; // text
            case DECRYPTION_SECRETS, CUSTOM -> body.remaining() >= 4 && (order == target || type == DECRYPTION_SECRETS);
            default -> false;
        };
    }
}
