package io.pairwire.dpi.quic;

import io.pairwire.dpi.bytes.ByteCursor;
import java.util.Optional;

/**
 * QUIC as Google first ran it, versions Q024 to Q046: a hello in the clear, made of tags. The layout is that of "QUIC Wire
 * Layout Specification" and "QUIC Crypto" (2013 to 2016).
 */
final class GoogleQuic {
    /** How far behind the start of a packet the hello begins at most: header, hash, and a frame's header. */
    private static final int DEEPEST = 96;

    private static final int MOST_TAGS = 128;

    private GoogleQuic() {}

    /** Does the datagram name such a version where a client has to? */
    static boolean isClientPacket(ByteCursor datagram) {
        int flags = datagram.peek(0);
        if ((flags & 0x80) != 0)
            return isVersion(datagram, 1) && datagram.peek(3) < '5'; // Q044 to Q049; Q050 is encrypted
        boolean versionFlag = (flags & 0x01) != 0;
        boolean reset = (flags & 0x02) != 0;
        return versionFlag && !reset && isVersion(datagram, (flags & 0x08) != 0 ? 9 : 1);
    }

    private static boolean isVersion(ByteCursor datagram, int at) {
        if (datagram.remaining() < at + 4L || datagram.peek(at) != 'Q' || datagram.peek(at + 1) != '0') return false;
        return isDigit(datagram.peek(at + 2)) && isDigit(datagram.peek(at + 3));
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /** The value of a tag of the hello, without the zeros that pad tags. */
    static Optional<String> tag(ByteCursor datagram, String tag) {
        var hello = datagram.rest();
        for (int at = 0; at < DEEPEST && !hello.startsWith("CHLO"); at++) hello.skip(1);
        if (!hello.startsWith("CHLO")) return Optional.empty();
        hello.skip(4);
        int tags = hello.littleU16();
        hello.skip(2);
        if (hello.failed() || tags > MOST_TAGS) return Optional.empty();
        long from = 0;
        for (int i = 0; i < tags; i++) {
            boolean found = hello.startsWith(tag);
            hello.skip(4);
            long to = hello.littleU32();
            if (found && to >= from) {
                hello.skip((tags - 1L - i) * 8 + from);
                var value = hello.text(to - from);
                return hello.failed() ? Optional.empty() : Optional.of(value);
            }
            from = to;
        }
        return Optional.empty();
    }
}
