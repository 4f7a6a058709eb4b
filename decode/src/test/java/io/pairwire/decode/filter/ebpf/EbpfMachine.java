package io.pairwire.decode.filter.ebpf;

import io.pairwire.capture.bpf.EbpfInstruction;
import io.pairwire.capture.bpf.EbpfProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** As much of eBPF as the emitter uses, written from RFC 9669; a read outside the packet throws, as a kernel would refuse it. */
final class EbpfMachine {
    /** What a redirect gives. */
    static final int REDIRECTED = 4;

    private static final long DATA = 1L << 40;
    private static final long CONTEXT = 1L << 41;
    private static final long STACK_END = 1L << 42;

    private final List<EbpfInstruction> code;
    private final ByteBuffer stack = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    private final boolean xdp;

    EbpfMachine(EbpfProgram program, boolean xdp) {
        code = program.instructions();
        this.xdp = xdp;
    }

    int run(byte[] packet, int original) {
        long[] r = new long[11];
        r[1] = CONTEXT;
        r[10] = STACK_END;
        for (int at = 0; ; at++) {
            EbpfInstruction i = code.get(at);
            int kind = i.code() & 7;
            long right = (i.code() & 8) != 0 && kind >= 4 ? r[i.source()] : i.immediate();
            switch (kind) {
                case 0 -> {
                    if (i.code() == 0x18) {
                        r[i.destination()] = i.immediate();
                        at++;
                    } else {
                        int width = (i.code() & 0x18) == 0 ? 4 : (i.code() & 0x18) == 8 ? 2 : 1;
                        if (packet.length - r[i.source()] < width) return 0;
                        r[0] = packetBytes(packet, (int) r[i.source()], width, ByteOrder.BIG_ENDIAN);
                    }
                }
                case 1 -> r[i.destination()] = load(packet, original, r[i.source()] + i.offset(), i.code() & 0x18);
                case 3 -> stack.putInt((int) (r[i.destination()] + i.offset() - STACK_END) + 512, (int) r[i.source()]);
                case 4 ->
                    r[i.destination()] = i.code() == 0xdc
                            ? swapped(r[i.destination()], i.immediate())
                            : compute(i.code(), (int) r[i.destination()], (int) right) & 0xffff_ffffL;
                case 7 -> {
                    long left = r[i.destination()];
                    r[i.destination()] = switch (i.code() & 0xf0) {
                        case 0x00 -> left + right;
                        case 0x10 -> left - right;
                        case 0xb0 -> right;
                        default -> throw new IllegalStateException("code " + i.code());
                    };
                }
                default -> {
                    if (i.code() == 0x95) return (int) r[0];
                    if (i.code() == 0x85) {
                        r[0] = REDIRECTED;
                        continue;
                    }
                    if (jumps(i.code(), r[i.destination()], right)) at += i.offset();
                }
            }
        }
    }

    private long load(byte[] packet, int original, long address, int size) {
        if (address >= CONTEXT && address < CONTEXT + 64) {
            int field = (int) (address - CONTEXT);
            if (!xdp) return original;
            return field == 0 ? DATA : field == 4 ? DATA + packet.length : 3;
        }
        if (address >= STACK_END - 512) return stack.getInt((int) (address - STACK_END) + 512) & 0xffff_ffffL;
        int width = size == 0 ? 4 : size == 8 ? 2 : 1;
        return packetBytes(packet, (int) (address - DATA), width, ByteOrder.LITTLE_ENDIAN);
    }

    private static long packetBytes(byte[] packet, int at, int width, ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.wrap(packet).order(order);
        return switch (width) {
            case 1 -> buffer.get(at) & 0xffL;
            case 2 -> buffer.getShort(at) & 0xffffL;
            default -> buffer.getInt(at) & 0xffff_ffffL;
        };
    }

    private static long swapped(long value, int bits) {
        return bits == 16
                ? Short.reverseBytes((short) value) & 0xffffL
                : Integer.reverseBytes((int) value) & 0xffff_ffffL;
    }

    private static int compute(int code, int left, int right) {
        return switch (code & 0xf0) {
            case 0x00 -> left + right;
            case 0x10 -> left - right;
            case 0x20 -> left * right;
            case 0x30 -> Integer.divideUnsigned(left, right);
            case 0x40 -> left | right;
            case 0x50 -> left & right;
            case 0x60 -> left << right;
            case 0x70 -> left >>> right;
            case 0x90 -> Integer.remainderUnsigned(left, right);
            case 0xa0 -> left ^ right;
            case 0xb0 -> right;
            default -> throw new IllegalStateException("code " + code);
        };
    }

    private static boolean jumps(int code, long left, long right) {
        boolean narrow = (code & 7) == 6;
        long l = narrow ? left & 0xffff_ffffL : left;
        long r = narrow ? right & 0xffff_ffffL : right;
        return switch (code & 0xf0) {
            case 0x00 -> true;
            case 0x10 -> l == r;
            case 0x20 -> Long.compareUnsigned(l, r) > 0;
            case 0x30 -> Long.compareUnsigned(l, r) >= 0;
            case 0x40 -> (l & r) != 0;
            default -> throw new IllegalStateException("code " + code);
        };
    }
}
