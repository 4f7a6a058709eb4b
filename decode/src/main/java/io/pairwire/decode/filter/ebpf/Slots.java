package io.pairwire.decode.filter.ebpf;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which four bytes of the stack a register lives in. All ways go forward, so a register is alive from its first write to its last
 * read in the order of the blocks; one that may be read before that is alive from the start, and zero there.
 */
final class Slots {
    private static final int SLOTS = 128;
    private static final int BYTES = 4;
    private static final int NEVER = -1;

    private final int[] firstWrite;
    private final int[] lastUse;
    private final int[] slots;
    private final BitSet zeroAtStart = new BitSet();

    Slots(IrProgram program) {
        int registers = program.registers();
        firstWrite = new int[registers];
        lastUse = new int[registers];
        slots = new int[registers];
        Arrays.fill(firstWrite, NEVER);
        Arrays.fill(lastUse, NEVER);
        int at = 0;
        for (Block block : program.blocks()) {
            for (Operation operation : block.operations()) {
                use(operation.reads(), at);
                int target = operation.target();
                if (firstWrite[target] == NEVER) firstWrite[target] = at;
                lastUse[target] = Math.max(lastUse[target], at);
                at++;
            }
            use(block.end().reads(), at++);
        }
        findUnwritten(program);
        zeroAtStart.stream().forEach(register -> firstWrite[register] = 0);
        assign();
    }

    private void use(List<Operand> operands, int at) {
        for (Operand operand : operands) if (operand instanceof Operand.Register(int number)) lastUse[number] = at;
    }

    private void findUnwritten(IrProgram program) {
        @Nullable BitSet[] before = new @Nullable BitSet[program.blocks().size()];
        before[0] = new BitSet();
        for (int i = 0; i < before.length; i++) {
            BitSet written = before[i];
            if (written == null) continue; // nobody goes there
            Block block = program.blocks().get(i);
            for (Operation operation : block.operations()) {
                noteUnwritten(operation.reads(), written);
                written.set(operation.target());
            }
            noteUnwritten(block.end().reads(), written);
            for (int next : block.successors()) {
                BitSet there = before[next];
                if (there == null) before[next] = (BitSet) written.clone();
                else there.and(written);
            }
        }
    }

    private void noteUnwritten(List<Operand> operands, BitSet written) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.Register(int number) && !written.get(number)) zeroAtStart.set(number);
        }
    }

    private void assign() {
        int[] order = IntStream.range(0, slots.length)
                .filter(r -> firstWrite[r] != NEVER)
                .boxed()
                .sorted(Comparator.comparingInt(r -> firstWrite[r]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] busyUntil = new int[SLOTS];
        Arrays.fill(busyUntil, NEVER);
        for (int register : order) {
            int slot = 0;
            while (slot < SLOTS && busyUntil[slot] >= firstWrite[register]) slot++;
            if (slot == SLOTS) {
                throw new UnsupportedOperationException("the filter needs more than " + SLOTS + " values at a time");
            }
            slots[register] = slot;
            busyUntil[slot] = lastUse[register];
        }
    }

    /** Registers that have to be zero before anything runs. */
    BitSet zeroAtStart() {
        return zeroAtStart;
    }

    /** Its place below the frame pointer, bytes, negative. */
    int offset(int register) {
        return -BYTES * (slots[register] + 1);
    }
}
