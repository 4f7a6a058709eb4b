package io.pairwire.cli;

import io.pairwire.decode.filter.Filter;

/** What a filter is compiled to. */
enum FilterTarget {
    /** Classic BPF, for sockets and files of other programs. */
    BPF,
    /** eBPF for a socket. */
    EBPF,
    /** eBPF for XDP; what matches goes to the AF_XDP socket of its queue. */
    XDP,
    /** What runs here. */
    STEPS;

    /** A loader puts the descriptor of its map there. */
    private static final int NO_MAP = 0;

    String of(Filter filter, FilterForm form) {
        return switch (this) {
            case BPF -> form.of(filter.toBpf());
            case EBPF -> form.of(filter.toSocketFilter());
            case XDP -> form.of(filter.toXdp(NO_MAP));
            case STEPS -> filter.steps();
        };
    }
}
