package io.pairwire.decode.filter.vfm;

/** What instructions mean where the documents of VFM and its source differ. */
public enum VfmMode {
    /** What the documents promise: fields are found behind VLAN tags, IP options and extension headers. */
    SOUND("sound"),
    /** The interpreter of today's source: fixed places in an untagged Ethernet frame; without its errors of memory. */
    COMPAT_V1("compat-v1"),
    /** As {@link #COMPAT_V1}, for files with the older numbers of opcodes. */
    COMPAT_V0("compat-v0");

    private final String text;

    VfmMode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
