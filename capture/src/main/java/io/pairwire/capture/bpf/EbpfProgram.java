package io.pairwire.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
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

    /** One line an instruction, numbered. */
    public String mnemonics() {
        var text = new StringBuilder();
        for (int i = 0; i < instructions.size(); i++) {
            text.append(String.format("%4d: %s%n", i, EbpfText.of(instructions.get(i), i))
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    /** Rows of an array of {@code struct bpf_insn} in C: code, destination, source, offset, immediate. */
    public String initialisers() {
        var text = new StringBuilder();
        for (EbpfInstruction i : instructions) {
            text.append(String.format(
                    "{ 0x%02x, %d, %d, %d, 0x%08x },\n",
                    i.code(), i.destination(), i.source(), i.offset(), i.immediate()));
        }
        return text.toString();
    }

    /** The bytes for a little-endian kernel in hex, a line an instruction. */
    public String hex() {
        String digits = HexFormat.of().formatHex(bytes(ByteOrder.LITTLE_ENDIAN));
        var text = new StringBuilder();
        for (int at = 0; at < digits.length(); at += 2 * INSTRUCTION) {
            text.append(digits, at, at + 2 * INSTRUCTION).append('\n');
        }
        return text.toString();
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
