package io.pairwire.decode.filter.vfm;

import java.util.BitSet;
import java.util.List;

/** Writes a program as assembler text; a label is the index of its instruction. */
final class VfmDisassembler {
    private VfmDisassembler() {}

    static String text(VfmProgram program) {
        List<VfmInstruction> instructions = program.instructions();
        var targets = new BitSet();
        for (VfmInstruction i : instructions) if (i.opcode().jumps()) targets.set((int) i.operand());
        var text = new StringBuilder();
        for (int i = 0; i < instructions.size(); i++) {
            if (targets.get(i)) text.append("L").append(i).append(":\n");
            text.append("    ").append(instruction(instructions.get(i))).append('\n');
        }
        return text.toString();
    }

    private static String instruction(VfmInstruction i) {
        VfmOpcode opcode = i.opcode();
        return switch (opcode.kind()) {
            case NONE -> opcode.name();
            case OFFSET, FIELD -> opcode + " " + i.operand();
            case NUMBER -> opcode + " " + number(i.operand());
            case WIDE -> String.format("%s 0x%016x%016x", opcode, i.operand(), i.low());
            case JUMP -> opcode + " L" + i.operand();
        };
    }

    private static String number(long value) {
        return value >= 0 && value < 65_536 ? String.valueOf(value) : "0x" + Long.toHexString(value);
    }
}
