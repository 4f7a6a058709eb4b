package io.pairwire.platform.xdp;

/** Where an XDP program runs; the bits are {@code XDP_FLAGS_*} of {@code linux/if_link.h}. */
public enum XdpMode {
    /** In the driver, before the kernel makes a packet of it. */
    NATIVE(1 << 2),
    /** In the kernel for any driver, on packets it has made already. */
    GENERIC(1 << 1),
    /** In the card. The program must have been loaded for that card. */
    OFFLOAD(1 << 3);

    private final int flag;

    XdpMode(int flag) {
        this.flag = flag;
    }

    int flag() {
        return flag;
    }
}
