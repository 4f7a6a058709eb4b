package io.pairwire.platform;

/** Rights of Linux that a program may hold one by one, {@code linux/capability.h}. */
public enum Capability {
    CAP_DAC_OVERRIDE(1),
    CAP_SETGID(6),
    CAP_SETUID(7),
    CAP_NET_ADMIN(12),
    CAP_NET_RAW(13),
    CAP_IPC_LOCK(14),
    CAP_SYS_ADMIN(21),
    CAP_SYS_NICE(23),
    CAP_BPF(39);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    long mask() {
        return 1L << bit;
    }

    /** As {@code setcap} writes it: {@code cap_net_raw}. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
