package io.pairwire.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A program of eBPF as a kernel loads it. The kernel checks it; nothing is checked here but its size.
 *
 * @param instructions from 1 to {@value #LONGEST}
 */
public record EbpfProgram(List<EbpfInstruction> instructions) {
    /** Longer programs cannot jump everywhere. */
    public static final int LONGEST = 32_767;

    /** Bytes of an instruction. */
    public static final int INSTRUCTION = 8;

    public EbpfProgram {
        instructions = List.copyOf(instructions);
        if (instructions.isEmpty() || instructions.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "a program has 1 to " + LONGEST + " instructions, not " + instructions.size());
        }
    }

    /** {@code struct bpf_insn} one after the other, for a kernel of this byte order. */
    public byte[] bytes(ByteOrder order) {
        ByteBuffer buffer =
                ByteBuffer.allocate(INSTRUCTION * instructions.size()).order(order);
        for (EbpfInstruction i : instructions) {
            boolean little = order == ByteOrder.LITTLE_ENDIAN;
            int registers = little ? i.source() << 4 | i.destination() : i.destination() << 4 | i.source();
            buffer.put((byte) i.code()).put((byte) registers).putShort((short) i.offset());
            buffer.putInt(i.immediate());
        }
        return buffer.array();
    }
}
