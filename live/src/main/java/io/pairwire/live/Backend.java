package io.pairwire.live;

/** By what means packets are captured. */
public enum Backend {
    /** The best one that this system has: {@link #AF_PACKET}, {@link #BPF_DEVICE}, {@link #LIBPCAP}. */
    AUTO,
    /** A packet socket of Linux with a ring in shared memory. A tap: the traffic goes on as if nobody listened. */
    AF_PACKET,
    /** AF_XDP sockets of Linux: faster on cards that know them, and no tap. It takes the traffic; see {@link XdpSource}. */
    AF_XDP,
    /** {@code /dev/bpf} of macOS. Not yet run on a Mac. */
    BPF_DEVICE,
    /** The library libpcap, where it is installed. */
    LIBPCAP
}
