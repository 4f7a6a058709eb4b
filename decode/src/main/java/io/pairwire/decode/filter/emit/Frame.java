package io.pairwire.decode.filter.emit;

import java.lang.classfile.Label;
import java.util.Optional;

/**
 * Where a program lies in a method, and where its answer goes. Behind the start, a local of two words, come the captured bytes, the
 * original ones, the ways back that are left, the registers, and the windows.
 *
 * @param memory the local with the memory
 * @param start the first of the locals named above
 * @param refused where to go with a packet that is refused
 * @param accepted where to go with one that is accepted; empty if the method returns how many bytes of it to keep
 */
record Frame(int memory, int start, Label refused, Optional<Label> accepted) {
    int captured() {
        return start + 2;
    }

    int original() {
        return start + 3;
    }

    int waysBack() {
        return start + 4;
    }

    int register(int number) {
        return start + 5 + number;
    }
}
