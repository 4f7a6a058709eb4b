package io.pairwire.decode.filter.vfm;

import java.util.ArrayList;
import java.util.Random;

/** Programs of random make that keep the rules: straight on, with jumps forward at depth 1. */
final class RandomVfm {
    private RandomVfm() {}

    static VfmProgram next(Random random) {
        var instructions = new ArrayList<VfmInstruction>();
        instructions.add(VfmInstruction.of(VfmOpcode.PUSH, random.nextLong()));
        int depth = 1;
        int length = 1 + random.nextInt(60);
        var jumps = new ArrayList<Integer>();
        while (instructions.size() < length) {
            VfmOpcode opcode = VfmOpcode.values()[random.nextInt(VfmOpcode.values().length)];
            int after = depth - opcode.pops() + opcode.pushes();
            if (opcode == VfmOpcode.RET || depth < opcode.pops() || after < 1 || after > 12) continue;
            if (opcode.jumps()) {
                if (after != 1) continue;
                jumps.add(instructions.size());
            }
            instructions.add(instruction(random, opcode));
            depth = after;
        }
        for (int i = 0; i < depth - 1; i++) instructions.add(VfmInstruction.of(VfmOpcode.POP));
        int end = instructions.size();
        instructions.add(VfmInstruction.of(VfmOpcode.RET));
        for (int jump : jumps) {
            instructions.set(jump, VfmInstruction.of(instructions.get(jump).opcode(), end));
        }
        return new VfmProgram(instructions);
    }

    private static VfmInstruction instruction(Random random, VfmOpcode opcode) {
        return switch (opcode.kind()) {
            case NONE, JUMP -> VfmInstruction.of(opcode);
            case OFFSET -> VfmInstruction.of(opcode, random.nextInt(random.nextInt(4) == 0 ? 65_000 : 40));
            case FIELD -> VfmInstruction.of(opcode, random.nextInt(256));
            case NUMBER -> VfmInstruction.of(opcode, random.nextLong() >> random.nextInt(64));
            case WIDE -> new VfmInstruction(opcode, random.nextLong(), random.nextLong());
        };
    }
}
