package io.pairwire.decode.filter;

import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import java.util.ArrayList;
import java.util.Random;

/**
 * Programs of classic BPF of random make that libpcap takes too: X may be zero where it divides, offsets may be huge, and scratch memory
 * is read that nothing was written to.
 */
final class RandomBpf {
    private static final int[] OPERATORS = {
        Bpf.ADD, Bpf.SUB, Bpf.MUL, Bpf.DIV, Bpf.MOD, Bpf.AND, Bpf.OR, Bpf.XOR, Bpf.LSH, Bpf.RSH
    };
    private static final int[] COMPARISONS = {Bpf.JEQ, Bpf.JGT, Bpf.JGE, Bpf.JSET};
    private static final int[] SIZES = {Bpf.B, Bpf.H, Bpf.W};

    private RandomBpf() {}

    static BpfProgram next(Random random) {
        int length = 2 + random.nextInt(30);
        var instructions = new ArrayList<BpfInstruction>();
        for (int at = 0; at < length - 1; at++) instructions.add(instruction(random, length - 2 - at));
        instructions.add(new BpfInstruction(Bpf.RET | (random.nextBoolean() ? Bpf.A : Bpf.K), 0, 0, number(random)));
        return new BpfProgram(instructions);
    }

    /**
     * The program with scratch memory cleared before, which is what it is for us anyway. libpcap has there what lay on its
     * stack.
     */
    static BpfProgram cleared(BpfProgram program) {
        var instructions = new ArrayList<BpfInstruction>();
        for (int word = 0; word < Bpf.SCRATCH; word++) instructions.add(BpfInstruction.of(Bpf.ST, word)); // A is 0
        instructions.addAll(program.instructions());
        return new BpfProgram(instructions);
    }

    /** @param further instructions behind the next one */
    private static BpfInstruction instruction(Random random, int further) {
        int size = SIZES[random.nextInt(SIZES.length)];
        int word = random.nextInt(Bpf.SCRATCH);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> BpfInstruction.of(Bpf.LD | size | Bpf.ABS, offset(random));
            case 3 -> BpfInstruction.of(Bpf.LD | size | Bpf.IND, offset(random));
            case 4 -> BpfInstruction.of(Bpf.LDX | Bpf.B | Bpf.MSH, offset(random));
            case 5 -> BpfInstruction.of((random.nextBoolean() ? Bpf.LD : Bpf.LDX) | Bpf.IMM, number(random));
            case 6 -> BpfInstruction.of((random.nextBoolean() ? Bpf.LD : Bpf.LDX) | Bpf.MEM, word);
            case 7 -> BpfInstruction.of((random.nextBoolean() ? Bpf.LD : Bpf.LDX) | Bpf.LEN, 0);
            case 8 -> BpfInstruction.of(random.nextBoolean() ? Bpf.ST : Bpf.STX, word);
            case 9, 10 -> arithmetic(random);
            case 11 -> BpfInstruction.of(Bpf.MISC | (random.nextBoolean() ? Bpf.TAX : Bpf.TXA), 0);
            default -> {
                int code = Bpf.JMP
                        | COMPARISONS[random.nextInt(COMPARISONS.length)]
                        | (random.nextInt(4) == 0 ? Bpf.X : 0);
                int k = (code & Bpf.X) != 0 ? 0 : number(random);
                yield new BpfInstruction(code, random.nextInt(further + 1), random.nextInt(further + 1), k);
            }
        };
    }

    private static BpfInstruction arithmetic(Random random) {
        int operator = OPERATORS[random.nextInt(OPERATORS.length)];
        if (random.nextInt(12) == 0) return BpfInstruction.of(Bpf.ALU | Bpf.NEG, 0);
        if (random.nextInt(3) == 0) return BpfInstruction.of(Bpf.ALU | operator | Bpf.X, 0);
        boolean isShift = operator == Bpf.LSH || operator == Bpf.RSH;
        int k = isShift ? random.nextInt(32) : number(random);
        boolean divides = operator == Bpf.DIV || operator == Bpf.MOD;
        return BpfInstruction.of(Bpf.ALU | operator, divides && k == 0 ? 1 : k);
    }

    private static int offset(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt(); // huge, or behind the packet together with X
            case 1 -> 0x7fff_fff0 + random.nextInt(16);
            default -> random.nextInt(60);
        };
    }

    private static int number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt();
            case 1 -> 0x800;
            default -> random.nextInt(64);
        };
    }
}
