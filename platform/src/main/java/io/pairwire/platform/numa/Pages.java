package io.pairwire.platform.numa;

/** In what pages memory is asked for. What is not to be had gives way to the next smaller kind. */
public enum Pages {
    /** Those of the kernel, mostly 4 KiB. */
    DEFAULT(0, "default pages"),
    /** Such, which the kernel may join to huge ones as it finds room. Nobody has to reserve anything. */
    TRANSPARENT(0, "transparent huge pages"),
    /** Of 2 MiB, which somebody has reserved: {@code vm.nr_hugepages}. */
    HUGE_2M(2 << 20, "pages of 2 MiB"),
    /** Of 1 GiB, which somebody has reserved, best when the machine starts. */
    HUGE_1G(1 << 30, "pages of 1 GiB");

    private final long bytes;
    private final String text;

    Pages(long bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    /** Bytes a page; 0 if that is the kernel's choice. */
    public long bytes() {
        return bytes;
    }

    /** Are they from the kernel's reserve? */
    public boolean isReserved() {
        return bytes > 0;
    }

    /** What gives way to what. */
    Pages smaller() {
        return switch (this) {
            case HUGE_1G -> HUGE_2M;
            case HUGE_2M -> TRANSPARENT;
            case TRANSPARENT, DEFAULT -> DEFAULT;
        };
    }

    /** For people. */
    public String text() {
        return text;
    }
}
