package io.pairwire.capture.bpf;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Runs a {@link BpfProgram} as libpcap's {@code bpf_filter()} does: a load outside the captured bytes and a division by
 * zero return 0, a shift by 32 or more from X gives 0, of a constant the low five bits count
 * (C leaves that open; this is what processors do), the length is that on the wire. Scratch memory starts as zero.
 *
 * <p>The reference for everything that is faster. Not thread-safe: it owns its scratch memory. Allocates nothing while it
 * runs. A program that jumps back more than {@value #MOST_WAYS_BACK} times in one packet returns 0.
 */
public final class BpfInterpreter {
    /** Jumps back in one packet; enough for any chain of headers in a packet of 1 MB. */
    public static final int MOST_WAYS_BACK = 1 << 17;

    private final int[] code;
    private final int[] jt;
    private final int[] jf;
    private final int[] k;
    private final int[] scratch = new int[Bpf.SCRATCH];
    private final Packet packet = new Packet();

    public BpfInterpreter(BpfProgram program) {
        var instructions = program.instructions();
        code = instructions.stream().mapToInt(BpfInstruction::code).toArray();
        jt = instructions.stream().mapToInt(BpfInstruction::jt).toArray();
        jf = instructions.stream().mapToInt(BpfInstruction::jf).toArray();
        k = instructions.stream().mapToInt(BpfInstruction::k).toArray();
    }

    /**
     * What the program returns: 0 to refuse the packet, otherwise the bytes to keep, an unsigned number.
     *
     * @param start where the packet begins in {@code memory}, bytes
     * @param captured bytes that may be read
     * @param original bytes on the wire
     */
    public int run(MemorySegment memory, long start, int captured, int original) {
        packet.moveTo(memory, start, captured, original, 0);
        Arrays.fill(scratch, 0);
        int a = 0;
        int x = 0;
        int waysBack = 0;
        for (int at = 0; ; at++) {
            int constant = k[at];
            int operand = (code[at] & Bpf.X) != 0 ? x : constant;
            switch (code[at]) {
                case Bpf.RET | Bpf.K -> {
                    return constant;
                }
                case Bpf.RET | Bpf.A -> {
                    return a;
                }
                case Bpf.LD | Bpf.W | Bpf.ABS -> {
                    if (outside(0, constant, 4, captured)) return 0;
                    a = packet.u32(constant);
                }
                case Bpf.LD | Bpf.H | Bpf.ABS -> {
                    if (outside(0, constant, 2, captured)) return 0;
                    a = packet.u16(constant);
                }
                case Bpf.LD | Bpf.B | Bpf.ABS -> {
                    if (outside(0, constant, 1, captured)) return 0;
                    a = packet.u8(constant);
                }
                case Bpf.LD | Bpf.W | Bpf.IND -> {
                    if (outside(x, constant, 4, captured)) return 0;
                    a = packet.u32(x + constant);
                }
                case Bpf.LD | Bpf.H | Bpf.IND -> {
                    if (outside(x, constant, 2, captured)) return 0;
                    a = packet.u16(x + constant);
                }
                case Bpf.LD | Bpf.B | Bpf.IND -> {
                    if (outside(x, constant, 1, captured)) return 0;
                    a = packet.u8(x + constant);
                }
                case Bpf.LDX | Bpf.B | Bpf.MSH -> {
                    if (outside(0, constant, 1, captured)) return 0;
                    x = (packet.u8(constant) & 0xf) << 2;
                }
                case Bpf.LD | Bpf.LEN -> a = original;
                case Bpf.LDX | Bpf.LEN -> x = original;
                case Bpf.LD | Bpf.IMM -> a = constant;
                case Bpf.LDX | Bpf.IMM -> x = constant;
                case Bpf.LD | Bpf.MEM -> a = scratch[constant];
                case Bpf.LDX | Bpf.MEM -> x = scratch[constant];
                case Bpf.ST -> scratch[constant] = a;
                case Bpf.STX -> scratch[constant] = x;
                case Bpf.JMP | Bpf.JA -> {
                    if (constant < 0 && ++waysBack > MOST_WAYS_BACK) return 0;
                    at += constant;
                }
                case Bpf.JMP | Bpf.JEQ, Bpf.JMP | Bpf.JEQ | Bpf.X -> at += a == operand ? jt[at] : jf[at];
                case Bpf.JMP | Bpf.JGT, Bpf.JMP | Bpf.JGT | Bpf.X ->
                    at += Integer.compareUnsigned(a, operand) > 0 ? jt[at] : jf[at];
                case Bpf.JMP | Bpf.JGE, Bpf.JMP | Bpf.JGE | Bpf.X ->
                    at += Integer.compareUnsigned(a, operand) >= 0 ? jt[at] : jf[at];
                case Bpf.JMP | Bpf.JSET, Bpf.JMP | Bpf.JSET | Bpf.X -> at += (a & operand) != 0 ? jt[at] : jf[at];
                case Bpf.ALU | Bpf.ADD, Bpf.ALU | Bpf.ADD | Bpf.X -> a += operand;
                case Bpf.ALU | Bpf.SUB, Bpf.ALU | Bpf.SUB | Bpf.X -> a -= operand;
                case Bpf.ALU | Bpf.MUL, Bpf.ALU | Bpf.MUL | Bpf.X -> a *= operand;
                case Bpf.ALU | Bpf.DIV, Bpf.ALU | Bpf.DIV | Bpf.X -> {
                    if (operand == 0) return 0;
                    a = Integer.divideUnsigned(a, operand);
                }
                case Bpf.ALU | Bpf.MOD, Bpf.ALU | Bpf.MOD | Bpf.X -> {
                    if (operand == 0) return 0;
                    a = Integer.remainderUnsigned(a, operand);
                }
                case Bpf.ALU | Bpf.AND, Bpf.ALU | Bpf.AND | Bpf.X -> a &= operand;
                case Bpf.ALU | Bpf.OR, Bpf.ALU | Bpf.OR | Bpf.X -> a |= operand;
                case Bpf.ALU | Bpf.XOR, Bpf.ALU | Bpf.XOR | Bpf.X -> a ^= operand;
                case Bpf.ALU | Bpf.LSH -> a <<= operand;
                case Bpf.ALU | Bpf.RSH -> a >>>= operand;
                case Bpf.ALU | Bpf.LSH | Bpf.X -> a = fits(operand) ? a << operand : 0;
                case Bpf.ALU | Bpf.RSH | Bpf.X -> a = fits(operand) ? a >>> operand : 0;
                case Bpf.ALU | Bpf.NEG -> a = -a;
                case Bpf.MISC | Bpf.TAX -> x = a;
                case Bpf.MISC | Bpf.TXA -> a = x;
                default -> throw new IllegalStateException("a verified program has no code " + code[at]);
            }
        }
    }

    /** The sum of two unsigned numbers and a width, without a wrap. */
    private static boolean outside(int base, int offset, int width, int captured) {
        return (base & 0xffff_ffffL) + (offset & 0xffff_ffffL) + width > captured;
    }

    private static boolean fits(int shift) {
        return shift >= 0 && shift < 32;
    }
}
