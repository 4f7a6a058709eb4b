package io.pairwire.output;

/** IP protocol numbers by name, written straight into bytes. */
final class ProtocolText {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final byte[] TCP_NAME = Bytes.of("TCP");
    private static final byte[] UDP_NAME = Bytes.of("UDP");

    private ProtocolText() {}

    /** {@code TCP}, {@code UDP}, or the number of any other; answers the position behind. */
    static int name(byte[] to, int at, int protocol) {
        return switch (protocol) {
            case TCP -> Bytes.copy(TCP_NAME, to, at);
            case UDP -> Bytes.copy(UDP_NAME, to, at);
            default -> Digits.small(to, at, protocol);
        };
    }
}
