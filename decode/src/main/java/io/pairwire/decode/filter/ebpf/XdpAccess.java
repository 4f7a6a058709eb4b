package io.pairwire.decode.filter.ebpf;

import io.pairwire.decode.filter.ir.Width;

/** Frames in the driver: every load is compared with the end of the data, as the kernel's verifier demands. */
final class XdpAccess implements Access {
    private static final int DATA = 6;
    private static final int DATA_END = 7;
    private static final int CONTEXT = 9;

    // struct xdp_md
    private static final int DATA_FIELD = 0;
    private static final int DATA_END_FIELD = 4;
    private static final int QUEUE_FIELD = 16;

    private static final int PASS = 2;
    private static final int REDIRECT_MAP = 51;
    /** The verifier takes no place further from the start. */
    private static final int LARGEST_PLACE = 0xfff0;

    private final int xskMap;

    XdpAccess(int xskMap) {
        this.xskMap = xskMap;
    }

    @Override
    public void begin(Assembly code) {
        code.register(Assembly.MOVE_64, CONTEXT, 1);
        code.load(Assembly.LOAD_WORD, DATA, 1, DATA_FIELD);
        code.load(Assembly.LOAD_WORD, DATA_END, 1, DATA_END_FIELD);
    }

    @Override
    public void load(Assembly code, Width width, int fail) {
        code.jumpIf(Assembly.GREATER_64, 1, LARGEST_PLACE, fail);
        code.register(Assembly.MOVE_64, 2, DATA);
        code.register(Assembly.ADD_64, 2, 1);
        code.register(Assembly.MOVE_64, 3, 2);
        code.immediate(Assembly.ADD_64, 3, width.bytes());
        code.jumpIfRegister(Assembly.GREATER_64, 3, DATA_END, fail);
        switch (width) {
            case BYTE -> code.load(Assembly.LOAD_BYTE, 0, 2, 0);
            case HALF -> code.load(Assembly.LOAD_HALF, 0, 2, 0);
            case WORD -> code.load(Assembly.LOAD_WORD, 0, 2, 0);
        }
        if (width != Width.BYTE) code.immediate(Assembly.TO_BIG_ENDIAN, 0, 8 * width.bytes());
    }

    @Override
    public void length(Assembly code) {
        code.register(Assembly.MOVE_64, 0, DATA_END);
        code.register(Assembly.SUBTRACT_64, 0, DATA);
    }

    @Override
    public void end(Assembly code) {
        int refused = code.label();
        code.jumpIf(Assembly.EQUAL_32, 0, 0, refused);
        code.map(1, xskMap);
        code.load(Assembly.LOAD_WORD, 2, CONTEXT, QUEUE_FIELD);
        code.immediate(Assembly.MOVE_64, 3, PASS);
        code.call(REDIRECT_MAP);
        code.exit();
        code.bind(refused);
        refuse(code);
    }

    @Override
    public void refuse(Assembly code) {
        code.immediate(Assembly.MOVE_64, 0, PASS);
        code.exit();
    }
}
