package io.pairwire.decode.filter.ir;

import java.util.Arrays;
import java.util.List;

/**
 * A filter as blocks; the first block is where it starts. A program that exists keeps the rules: jumps land inside,
 * registers are in range, and it ends, since it may jump back only {@value #MOST_WAYS_BACK} times in one packet (it then
 * returns 0), and only if it says that it {@link #loops()}.
 *
 * @param blocks at least one; only a jump to the same or an earlier block goes back
 * @param registers how many there are
 */
public record IrProgram(List<Block> blocks, int registers) {
    /** Operations in all, at most. */
    public static final int LARGEST = 200_000;

    /** Jumps back in one packet; enough for any chain of headers in a packet of 1 MB. */
    public static final int MOST_WAYS_BACK = 1 << 17;

    public IrProgram {
        blocks = List.copyOf(blocks);
        IrVerifier.check(blocks, registers);
    }

    /** Is there a way back? Kernels refuse such programs. */
    public boolean loops() {
        for (int i = 0; i < blocks.size(); i++) {
            for (int next : blocks.get(i).successors()) if (next <= i) return true;
        }
        return false;
    }

    /**
     * By register: is it written once, on every way to where it is read? Then its value never changes, and to write it early harms
     * nobody. Of a program with loops none is said to be.
     */
    public boolean[] stableRegisters() {
        return loops() ? new boolean[registers] : Arrays.copyOf(Threading.stable(blocks, new Flow(blocks)), registers);
    }

    /** Can this program accept any packet at all, as far as its shape tells? */
    public boolean neverMatches() {
        return blocks.stream()
                .noneMatch(block -> block.end() instanceof Terminator.Return(Operand value)
                        && !(value instanceof Operand.Constant(int kept) && kept == 0));
    }

    /** Operations and block ends. */
    public int length() {
        return blocks.stream().mapToInt(block -> block.operations().size() + 1).sum();
    }

    /** One line an operation, blocks numbered. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            text.append(i).append(":\n");
            Block block = blocks.get(i);
            block.operations()
                    .forEach(operation -> text.append("    ").append(operation).append('\n'));
            text.append("    ").append(block.end()).append('\n');
        }
        return text.toString();
    }
}
