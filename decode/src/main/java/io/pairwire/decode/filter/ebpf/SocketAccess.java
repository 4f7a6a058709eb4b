package io.pairwire.decode.filter.ebpf;

import io.pairwire.decode.filter.ir.Width;

/**
 * Packets of a socket: the loads that eBPF has kept from classic BPF, which end the program with 0 outside the packet and turn the
 * byte order. A negative place means something else to them, so larger ones are refused before.
 */
final class SocketAccess implements Access {
    private static final int CONTEXT = 6; // these loads demand it there
    private static final int LENGTH = 0; // struct __sk_buff
    private static final int LARGEST_PLACE = 0x7fff_fff0;

    @Override
    public void begin(Assembly code) {
        code.register(Assembly.MOVE_64, CONTEXT, 1);
    }

    @Override
    public void load(Assembly code, Width width, int fail) {
        code.jumpIf(Assembly.GREATER_64, 1, LARGEST_PLACE, fail);
        code.packetLoad(
                switch (width) {
                    case BYTE -> 0x50;
                    case HALF -> 0x48;
                    case WORD -> 0x40;
                },
                1);
    }

    @Override
    public void length(Assembly code) {
        code.load(Assembly.LOAD_WORD, 0, CONTEXT, LENGTH);
    }

    @Override
    public void end(Assembly code) {
        code.exit();
    }

    @Override
    public void refuse(Assembly code) {
        code.immediate(Assembly.MOVE_64, 0, 0);
        code.exit();
    }
}
