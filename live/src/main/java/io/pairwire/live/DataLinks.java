package io.pairwire.live;

import io.pairwire.capture.LinkType;

/** Numbers of {@code net/bpf.h} for kinds of links, where they differ from those in capture files. */
final class DataLinks {
    private static final int DLT_RAW_MOST = 12;
    private static final int DLT_RAW_OPENBSD = 14;

    private DataLinks() {}

    static int linkType(int dataLink) {
        return dataLink == DLT_RAW_MOST || dataLink == DLT_RAW_OPENBSD ? LinkType.RAW : dataLink;
    }
}
