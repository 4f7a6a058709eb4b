package io.pairwire.decode.filter.vfm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Instructions as bytes: an opcode, then its operand in little-endian order, or big-endian for numbers of 128 bits. A jump says how
 * many bytes its target lies behind the next instruction.
 */
final class VfmBytecode {
    private static final int LONGEST = 65_536;
    private static final int INSIDE = -1;

    private VfmBytecode() {}

    static List<VfmInstruction> decode(byte[] bytes, VfmMode mode) {
        if (bytes.length == 0 || bytes.length > LONGEST) {
            throw new IllegalArgumentException("a program has 1 to " + LONGEST + " bytes, not " + bytes.length);
        }
        int[] indices = new int[bytes.length + 1];
        Arrays.fill(indices, INSIDE);
        var opcodes = new ArrayList<VfmOpcode>();
        int at = 0;
        while (at < bytes.length) {
            VfmOpcode opcode = opcode(bytes[at] & 0xff, at, mode);
            if (bytes.length - at < opcode.length()) {
                throw new IllegalArgumentException("byte " + at + ", " + opcode + ": the program ends inside");
            }
            indices[at] = opcodes.size();
            opcodes.add(opcode);
            at += opcode.length();
        }
        var instructions = new ArrayList<VfmInstruction>(opcodes.size());
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        at = 0;
        for (VfmOpcode opcode : opcodes) {
            instructions.add(instruction(opcode, buffer, at, indices));
            at += opcode.length();
        }
        return instructions;
    }

    private static VfmOpcode opcode(int number, int at, VfmMode mode) {
        return VfmOpcode.of(number, mode)
                .orElseThrow(() -> new IllegalArgumentException("byte " + at + ": opcode " + number + " is "
                        + (mode != VfmMode.COMPAT_V0 && (number == 15 || number >= 60 && number <= 64)
                                ? "reserved"
                                : "unknown")));
    }

    private static VfmInstruction instruction(VfmOpcode opcode, ByteBuffer buffer, int at, int[] indices) {
        return switch (opcode.kind()) {
            case NONE -> VfmInstruction.of(opcode);
            case OFFSET -> VfmInstruction.of(opcode, buffer.getShort(at + 1) & 0xffff);
            case NUMBER -> VfmInstruction.of(opcode, buffer.getLong(at + 1));
            case FIELD -> VfmInstruction.of(opcode, buffer.get(at + 1) & 0xff);
            case WIDE ->
                new VfmInstruction(
                        opcode, Long.reverseBytes(buffer.getLong(at + 1)), Long.reverseBytes(buffer.getLong(at + 9)));
            case JUMP -> {
                int target = at + opcode.length() + buffer.getShort(at + 1);
                if (target < 0 || target >= indices.length - 1 || indices[target] == INSIDE) {
                    throw new IllegalArgumentException(
                            "byte " + at + ", " + opcode + ": byte " + target + " is not the start of an instruction");
                }
                yield VfmInstruction.of(opcode, indices[target]);
            }
        };
    }

    /** Where each instruction begins, bytes, and the length of all. */
    static int[] starts(List<VfmInstruction> instructions) {
        int[] starts = new int[instructions.size() + 1];
        for (int i = 0; i < instructions.size(); i++) {
            starts[i + 1] = starts[i] + instructions.get(i).opcode().length();
        }
        return starts;
    }

    static byte[] encode(List<VfmInstruction> instructions, VfmMode mode) {
        int[] starts = starts(instructions);
        ByteBuffer buffer = ByteBuffer.allocate(starts[instructions.size()]).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < instructions.size(); i++) {
            VfmInstruction instruction = instructions.get(i);
            VfmOpcode opcode = instruction.opcode();
            buffer.put((byte) (int) opcode.number(mode)
                    .orElseThrow(() -> new UnsupportedOperationException(opcode + " has no number in " + mode)));
            switch (opcode.kind()) {
                case NONE -> {}
                case OFFSET -> buffer.putShort((short) instruction.operand());
                case NUMBER -> buffer.putLong(instruction.operand());
                case FIELD -> buffer.put((byte) instruction.operand());
                case WIDE ->
                    buffer.putLong(Long.reverseBytes(instruction.operand()))
                            .putLong(Long.reverseBytes(instruction.low()));
                case JUMP -> {
                    int distance = starts[(int) instruction.operand()] - starts[i + 1];
                    if (distance != (short) distance) {
                        throw new UnsupportedOperationException(
                                "instruction " + i + " jumps " + distance + " bytes, which do not fit into 16 bits");
                    }
                    buffer.putShort((short) distance);
                }
            }
        }
        return buffer.array();
    }
}
