package io.pairwire.live;

/**
 * What stands in place of a link header where interfaces of any kind are captured together,
 * <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html">LINKTYPE_LINUX_SLL2</a>.
 *
 * <pre>
 *  0 protocol   2 reserved   4 interface   8 ARPHRD_ type   10 packet type   11 address length   12 address
 * </pre>
 */
final class CookedHeader {
    /** Bytes. */
    static final int LENGTH = 20;

    private CookedHeader() {}
}
