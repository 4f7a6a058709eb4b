package io.pairwire.decode.filter.vfm;

/**
 * One instruction.
 *
 * @param opcode what it does
 * @param operand an offset, a number, a field, the high half of a number of 128 bits, or for a jump the index of the instruction it
 *     goes to; 0 where the opcode takes none
 * @param low the low half of a number of 128 bits; 0 otherwise
 */
public record VfmInstruction(VfmOpcode opcode, long operand, long low) {
    public VfmInstruction {
        long most = switch (opcode.kind()) {
            case NONE -> 0;
            case OFFSET, JUMP -> 0xffff;
            case FIELD -> 0xff;
            case NUMBER, WIDE -> Long.MAX_VALUE;
        };
        boolean any = opcode.kind() == VfmOpcode.Kind.NUMBER || opcode.kind() == VfmOpcode.Kind.WIDE;
        if (!any && (operand < 0 || operand > most)) {
            throw new IllegalArgumentException(opcode + ": the operand is out of range: " + operand);
        }
        if (low != 0 && opcode.kind() != VfmOpcode.Kind.WIDE) {
            throw new IllegalArgumentException(opcode + " takes no second operand: " + low);
        }
    }

    /** One without an operand. */
    public static VfmInstruction of(VfmOpcode opcode) {
        return new VfmInstruction(opcode, 0, 0);
    }

    public static VfmInstruction of(VfmOpcode opcode, long operand) {
        return new VfmInstruction(opcode, operand, 0);
    }
}
