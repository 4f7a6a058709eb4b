package io.pairwire.decode.filter.vfm;

import java.util.Arrays;
import java.util.List;

/**
 * The rules of {@link VfmProgram}: follows every way with a list of work, each instruction once, so that it ends on any program.
 */
final class VfmVerifier {
    private static final int UNKNOWN = -1;
    private static final int LONGEST_PACKET = 65_535;

    private final List<VfmInstruction> instructions;
    private final int[] depths;
    private final int[] work;
    private int waiting;
    private int deepest;

    private VfmVerifier(List<VfmInstruction> instructions) {
        this.instructions = instructions;
        depths = new int[instructions.size()];
        work = new int[instructions.size()];
        Arrays.fill(depths, UNKNOWN);
    }

    static int deepest(List<VfmInstruction> instructions) {
        return walked(instructions).deepest;
    }

    static int unreachable(List<VfmInstruction> instructions) {
        return (int) Arrays.stream(walked(instructions).depths)
                .filter(depth -> depth == UNKNOWN)
                .count();
    }

    /** How many numbers lie on the stack where each instruction begins; negative for one that no way leads to. */
    static int[] depths(List<VfmInstruction> instructions) {
        return walked(instructions).depths;
    }

    private static VfmVerifier walked(List<VfmInstruction> instructions) {
        if (instructions.isEmpty()) throw new IllegalArgumentException("the program is empty");
        if (instructions.size() > VfmProgram.MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException("the program has " + instructions.size() + " instructions, more than "
                    + VfmProgram.MOST_INSTRUCTIONS);
        }
        var verifier = new VfmVerifier(instructions);
        for (int i = 0; i < instructions.size(); i++) verifier.checkOperand(i);
        verifier.walk();
        return verifier;
    }

    private void checkOperand(int at) {
        VfmInstruction instruction = instructions.get(at);
        int loads = instruction.opcode().loads();
        if (loads > 0 && instruction.operand() > LONGEST_PACKET - loads) {
            throw error(at, "loads behind byte " + LONGEST_PACKET);
        }
        if (instruction.opcode().jumps() && instruction.operand() >= instructions.size()) {
            throw error(at, "jumps to instruction " + instruction.operand() + " of " + instructions.size());
        }
    }

    private void walk() {
        reach(0, 0, 0);
        while (waiting > 0) {
            int at = work[--waiting];
            VfmInstruction instruction = instructions.get(at);
            VfmOpcode opcode = instruction.opcode();
            if (depths[at] < opcode.pops()) {
                throw error(at, "takes " + opcode.pops() + " from a stack of " + depths[at]);
            }
            int after = depths[at] - opcode.pops() + opcode.pushes();
            if (after > VfmProgram.DEEPEST) throw error(at, "makes the stack deeper than " + VfmProgram.DEEPEST);
            deepest = Math.max(deepest, after);
            if (opcode.jumps()) reach(at, (int) instruction.operand(), after);
            if (opcode != VfmOpcode.RET && opcode != VfmOpcode.JMP) reach(at, at + 1, after);
        }
    }

    private void reach(int from, int to, int depth) {
        if (to == instructions.size()) throw error(from, "the program ends without RET");
        if (depths[to] == UNKNOWN) {
            depths[to] = depth;
            work[waiting++] = to;
        } else if (depths[to] != depth) {
            throw error(to, "is reached with a stack of " + depths[to] + " and of " + depth);
        }
    }

    private IllegalArgumentException error(int at, String what) {
        return new IllegalArgumentException(
                "instruction " + at + ", " + instructions.get(at).opcode() + ": " + what);
    }
}
