package io.pairwire.cli;

import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.capture.bpf.EbpfProgram;

/** How a program for a kernel is written. */
enum FilterForm {
    /** As tcpdump -d. */
    MNEMONICS,
    /** As tcpdump -dd: rows of an array in C. */
    INITIALISERS,
    /** As tcpdump -ddd. */
    DECIMALS,
    /** The bytes, of eBPF only. */
    HEX;

    String of(BpfProgram program) {
        return switch (this) {
            case MNEMONICS -> program.mnemonics();
            case INITIALISERS -> program.initialisers();
            case DECIMALS -> program.decimals();
            case HEX -> throw new UnsupportedOperationException("classic BPF is not written in hex");
        };
    }

    String of(EbpfProgram program) {
        return switch (this) {
            case MNEMONICS -> program.mnemonics();
            case INITIALISERS -> program.initialisers();
            case HEX -> program.hex();
            case DECIMALS -> throw new UnsupportedOperationException("eBPF is not written in decimals");
        };
    }
}
