package io.pairwire.platform;

/**
 * A network interface as the kernel knows it.
 *
 * @param index from 1; unique in its namespace
 * @param name such as {@code eth0}, 15 bytes at most
 * @param flags {@code IFF_UP} and others, {@code linux/if.h}
 * @param mtu bytes behind the link header that fit a frame
 * @param hardwareType {@code ARPHRD_ETHER} and others, {@code linux/if_arp.h}
 */
public record NetworkDevice(int index, String name, int flags, int mtu, int hardwareType) {
    private static final int UP = 0x1;
    private static final int LOOPBACK = 0x8;
    private static final int RUNNING = 0x40;
    private static final int PROMISCUOUS = 0x100;

    public boolean isUp() {
        return (flags & UP) != 0;
    }

    public boolean isLoopback() {
        return (flags & LOOPBACK) != 0;
    }

    /** Has it a carrier? */
    public boolean isRunning() {
        return (flags & RUNNING) != 0;
    }

    public boolean isPromiscuous() {
        return (flags & PROMISCUOUS) != 0;
    }
}
