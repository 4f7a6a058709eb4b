package io.pairwire.decode.filter.bpf;

import io.pairwire.capture.bpf.Bpf;
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
 * Which word of scratch memory a register lives in. All ways go forward, so a register is alive between its first write and its
 * last read in the order of the blocks; a word goes to the next register after that. One that is only read by the operation right
 * behind its write, from A, needs no word.
 */
final class Scratch {
    private static final int NEVER = -1;

    private final int[] firstWrite;
    private final int[] lastRead;
    private final boolean[] needsWord;
    private final int[] words;

    Scratch(IrProgram program) {
        int registers = program.registers();
        firstWrite = new int[registers];
        lastRead = new int[registers];
        needsWord = new boolean[registers];
        words = new int[registers];
        Arrays.fill(firstWrite, NEVER);
        Arrays.fill(lastRead, NEVER);
        Arrays.fill(words, NEVER);
        int at = 0;
        for (Block block : program.blocks()) {
            int inA = NEVER;
            for (Operation operation : block.operations()) {
                read(operation.reads(), at, inA);
                if (firstWrite[operation.target()] == NEVER) firstWrite[operation.target()] = at;
                inA = operation.target();
                at++;
            }
            read(block.end().reads(), at++, inA);
        }
        refuseUnwritten(program);
        assign();
    }

    private void read(List<Operand> operands, int at, int inA) {
        for (Operand operand : operands) {
            if (!(operand instanceof Operand.Register(int number))) continue;
            lastRead[number] = at;
            needsWord[number] |= inA != number;
        }
    }

    /** A register that may be read before it was written would find what another left in its word. */
    private void refuseUnwritten(IrProgram program) {
        @Nullable BitSet[] before = new @Nullable BitSet[program.blocks().size()];
        before[0] = new BitSet();
        for (int i = 0; i < before.length; i++) {
            if (before[i] == null) continue; // nobody goes there
            Block block = program.blocks().get(i);
            BitSet written = before[i];
            for (Operation operation : block.operations()) {
                refuseUnwritten(operation.reads(), written);
                written.set(operation.target());
            }
            refuseUnwritten(block.end().reads(), written);
            for (int next : block.successors()) {
                if (before[next] == null) before[next] = (BitSet) written.clone();
                else before[next].and(written);
            }
        }
    }

    private static void refuseUnwritten(List<Operand> operands, BitSet written) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.Register(int number) && !written.get(number)) {
                throw new UnsupportedOperationException("the filter reads a value that may not have been computed");
            }
        }
    }

    private void assign() {
        int[] order = IntStream.range(0, words.length)
                .filter(r -> firstWrite[r] != NEVER && needsWord[r])
                .boxed()
                .sorted(Comparator.comparingInt(r -> firstWrite[r]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] busyUntil = new int[Bpf.SCRATCH];
        Arrays.fill(busyUntil, NEVER);
        for (int register : order) {
            int word = 0;
            while (word < busyUntil.length && busyUntil[word] >= firstWrite[register]) word++;
            if (word == busyUntil.length) {
                throw new UnsupportedOperationException(
                        "the filter needs more than " + Bpf.SCRATCH + " words of scratch memory");
            }
            words[register] = word;
            busyUntil[word] = Math.max(firstWrite[register], lastRead[register]);
        }
    }

    boolean isWritten(int register) {
        return firstWrite[register] != NEVER;
    }

    /** Is it fetched from memory anywhere? */
    boolean isRead(int register) {
        return words[register] != NEVER;
    }

    int word(int register) {
        return words[register];
    }
}
