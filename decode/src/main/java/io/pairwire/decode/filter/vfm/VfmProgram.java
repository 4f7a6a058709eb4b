package io.pairwire.decode.filter.vfm;

import java.util.List;

/**
 * A program that keeps the rules: every jump lands on an instruction, the stack has one depth at each, from 0 to {@value #DEEPEST},
 * no instruction takes more than is there, loads lie within 65,535 bytes, and every way ends with {@code RET}. A jump back is
 * allowed: a run ends after {@value #BUDGET} instructions.
 *
 * @param instructions from 1 to {@value #MOST_INSTRUCTIONS}; jumps name an instruction by its index
 */
public record VfmProgram(List<VfmInstruction> instructions) {
    /** Instructions in a program. */
    public static final int MOST_INSTRUCTIONS = 4096;

    /** Numbers on the stack. */
    public static final int DEEPEST = 255;

    /** Instructions that run for one packet. */
    public static final int BUDGET = 10_000;

    public VfmProgram {
        instructions = List.copyOf(instructions);
        VfmVerifier.deepest(instructions);
    }

    /**
     * Reads a program as bytes, without header, as {@code .bin} files hold it.
     *
     * @throws IllegalArgumentException saying at which byte or instruction which rule is broken
     */
    public static VfmProgram of(byte[] bytes, VfmMode mode) {
        return new VfmProgram(VfmBytecode.decode(bytes, mode));
    }

    /**
     * The program as bytes.
     *
     * @throws UnsupportedOperationException if the older numbers do not know an instruction, or a jump is too far for 16 bits
     */
    public byte[] bytes(VfmMode mode) {
        return VfmBytecode.encode(instructions, mode);
    }

    /** Is there a jump back? */
    public boolean loops() {
        for (int i = 0; i < instructions.size(); i++) {
            VfmInstruction instruction = instructions.get(i);
            if (instruction.opcode().jumps() && instruction.operand() <= i) return true;
        }
        return false;
    }

    /** Numbers that lie on the stack at most. */
    public int deepest() {
        return VfmVerifier.deepest(instructions);
    }

    /** Instructions that no way leads to; a program may have some. */
    public int unreachable() {
        return VfmVerifier.unreachable(instructions);
    }

    /** Does it remember anything from one packet to the next? */
    public boolean usesFlowTable() {
        return instructions.stream()
                .anyMatch(i -> i.opcode() == VfmOpcode.FLOW_LOAD || i.opcode() == VfmOpcode.FLOW_STORE);
    }

    /** Assembler text that assembles to the same instructions. */
    @Override
    public String toString() {
        return VfmDisassembler.text(this);
    }
}
