package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.NullLoopback;

/** BSD loopback. */
final class NullLoopbackTree {
    static final HeaderTree TREE = HeaderTree.of("BSD loopback", "LINKTYPE_NULL")
            .bytes(
                    "address family",
                    4,
                    (packet, at, _, line) -> line.decimal(Integer.toUnsignedLong(NullLoopback.family(packet, at))));

    private NullLoopbackTree() {}
}
