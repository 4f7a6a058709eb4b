package io.pairwire.decode.filter.ebpf;

import io.pairwire.decode.filter.ir.Width;

/** How one kind of program reaches the packet and says what becomes of it. Registers 6 to 9 are its own. */
sealed interface Access permits SocketAccess, XdpAccess {

    /** Keeps what was handed over in register 1. */
    void begin(Assembly code);

    /** Loads into register 0 from the place in register 1, 64 bits; a place outside the packet goes to {@code fail}. */
    void load(Assembly code, Width width, int fail);

    /** The length of the packet, into register 0. */
    void length(Assembly code);

    /** Ends with the value in register 0. */
    void end(Assembly code);

    /** Ends as for a packet that is refused. */
    void refuse(Assembly code);
}
