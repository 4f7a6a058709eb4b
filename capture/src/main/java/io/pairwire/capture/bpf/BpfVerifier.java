package io.pairwire.capture.bpf;

import java.util.Arrays;
import java.util.List;

/** The rules of {@link BpfProgram}, and those that a kernel adds. */
final class BpfVerifier {
    private BpfVerifier() {}

    /** The first rule that is broken; empty if none is. */
    static String objection(List<BpfInstruction> program) {
        int length = program.size();
        if (length == 0) return "the program is empty";
        if (length > BpfProgram.LONGEST)
            return "the program has " + length + " instructions, more than " + BpfProgram.LONGEST;
        for (int at = 0; at < length; at++) {
            String objection = objection(program.get(at), at, length);
            if (!objection.isEmpty()) return "instruction " + at + ": " + objection;
        }
        return Bpf.classOf(program.get(length - 1).code()) == Bpf.RET ? "" : "the last instruction does not return";
    }

    private static String objection(BpfInstruction instruction, int at, int length) {
        int code = instruction.code();
        int k = instruction.k();
        if (!isKnown(code)) return String.format("unknown code 0x%x", code);
        if (usesScratch(code) && (k < 0 || k >= Bpf.SCRATCH)) {
            return "scratch memory has no word " + Integer.toUnsignedString(k);
        }
        if ((code == (Bpf.ALU | Bpf.DIV) || code == (Bpf.ALU | Bpf.MOD)) && k == 0) return "division by zero";
        if (Bpf.classOf(code) != Bpf.JMP) return "";
        long left = length - at - 1L; // instructions behind this one
        if (Bpf.operation(code) == Bpf.JA) {
            long target = at + 1L + k;
            return target >= 0 && target < length ? "" : "jump out of the program";
        }
        return instruction.jt() < left && instruction.jf() < left ? "" : "jump out of the program";
    }

    private static boolean isKnown(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.LD ->
                switch (code & ~0x07) {
                    case Bpf.W | Bpf.ABS, Bpf.H | Bpf.ABS, Bpf.B | Bpf.ABS -> true;
                    case Bpf.W | Bpf.IND, Bpf.H | Bpf.IND, Bpf.B | Bpf.IND -> true;
                    case Bpf.IMM, Bpf.MEM, Bpf.LEN -> true;
                    default -> false;
                };
            case Bpf.LDX ->
                switch (code & ~0x07) {
                    case Bpf.IMM, Bpf.MEM, Bpf.LEN, Bpf.B | Bpf.MSH -> true;
                    default -> false;
                };
            case Bpf.ST, Bpf.STX -> code <= Bpf.STX;
            case Bpf.ALU ->
                (code & ~0xff) == 0
                        && (Bpf.operation(code) <= Bpf.XOR)
                        && !(Bpf.operation(code) == Bpf.NEG && (code & Bpf.X) != 0);
            case Bpf.JMP ->
                (code & ~0xff) == 0
                        && (Bpf.operation(code) == Bpf.JA ? code == Bpf.JMP : Bpf.operation(code) <= Bpf.JSET);
            case Bpf.RET -> code == (Bpf.RET | Bpf.K) || code == (Bpf.RET | Bpf.A);
            default -> code == (Bpf.MISC | Bpf.TAX) || code == (Bpf.MISC | Bpf.TXA);
        };
    }

    private static boolean usesScratch(int code) {
        return code == Bpf.ST || code == Bpf.STX || code == (Bpf.LD | Bpf.MEM) || code == (Bpf.LDX | Bpf.MEM);
    }

    /** What a kernel adds: at most 4096 instructions, no way back, no scratch word read before it was written. */
    static String kernelObjection(List<BpfInstruction> program) {
        if (program.size() > Bpf.MOST_INSTRUCTIONS) {
            return "the program has " + program.size() + " instructions; a kernel takes " + Bpf.MOST_INSTRUCTIONS;
        }
        int[] written = new int[program.size()]; // scratch words written on every way to an instruction, as bits
        Arrays.fill(written, -1);
        written[0] = 0;
        for (int at = 0; at < program.size(); at++) {
            BpfInstruction instruction = program.get(at);
            int code = instruction.code();
            int k = instruction.k();
            int words = written[at];
            if (code == (Bpf.LD | Bpf.MEM) || code == (Bpf.LDX | Bpf.MEM)) {
                if ((words & 1 << k) == 0)
                    return "instruction " + at + ": scratch word " + k + " may not have been written";
            } else if (code == Bpf.ST || code == Bpf.STX) {
                words |= 1 << k;
            }
            if (Bpf.classOf(code) == Bpf.RET) continue;
            if (code == (Bpf.JMP | Bpf.JA)) {
                if (k < 0) return "instruction " + at + ": the jump goes back";
                written[at + 1 + k] &= words;
            } else if (Bpf.classOf(code) == Bpf.JMP) {
                written[at + 1 + instruction.jt()] &= words;
                written[at + 1 + instruction.jf()] &= words;
            } else {
                written[at + 1] &= words;
            }
        }
        return "";
    }
}
