package io.pairwire.dpi;

import io.pairwire.decode.wire.IpProtocol;

/** What carries a payload. */
public enum Transport {
    TCP(IpProtocol.TCP),
    UDP(IpProtocol.UDP),
    SCTP(IpProtocol.SCTP),
    /** Directly on IP; the payload is all behind the IP header. */
    IP(-1);

    private final int number;

    Transport(int number) {
        this.number = number;
    }

    /** The number that IANA gave it, or -1 for {@link #IP}. */
    public int number() {
        return number;
    }

    /** What the protocol with that number carries payload as; UDP-Lite and DCCP count as IP. */
    public static Transport of(int ipProtocol) {
        return switch (ipProtocol) {
            case IpProtocol.TCP -> TCP;
            case IpProtocol.UDP -> UDP;
            case IpProtocol.SCTP -> SCTP;
            default -> IP;
        };
    }
}
