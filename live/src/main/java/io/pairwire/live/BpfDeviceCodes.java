package io.pairwire.live;

/**
 * Requests that a BPF device of macOS understands, {@code bsd/net/bpf.h} of xnu. A code tells which way its argument goes
 * and how long that is, as {@code sys/ioccom.h} packs it.
 */
final class BpfDeviceCodes {
    static final long BIOCSBLEN = inOut(102, 4);
    static final long BIOCSETF = in(103, 16);
    static final long BIOCFLUSH = none(104);
    static final long BIOCPROMISC = none(105);
    static final long BIOCGDLT = out(106, 4);
    static final long BIOCSETIF = in(108, 32);
    static final long BIOCSRTIMEOUT = in(109, 16);
    static final long BIOCGSTATS = out(111, 8);
    static final long BIOCIMMEDIATE = in(112, 4);
    static final long BIOCSHDRCMPLT = in(117, 4);
    static final long BIOCSSEESENT = in(119, 4);
    static final long BIOCSETFNR = in(126, 16);

    private static final long NONE = 0x2000_0000L;
    private static final long OUT = 0x4000_0000L;
    private static final long IN = 0x8000_0000L;
    private static final int LENGTH_MASK = 0x1fff;

    private BpfDeviceCodes() {}

    private static long none(int number) {
        return code(NONE, number, 0);
    }

    private static long out(int number, int length) {
        return code(OUT, number, length);
    }

    private static long in(int number, int length) {
        return code(IN, number, length);
    }

    private static long inOut(int number, int length) {
        return code(IN | OUT, number, length);
    }

    private static long code(long direction, int number, int length) {
        return direction | (long) (length & LENGTH_MASK) << 16 | 'B' << 8 | number;
    }
}
