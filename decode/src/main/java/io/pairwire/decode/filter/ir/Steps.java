package io.pairwire.decode.filter.ir;

import static io.pairwire.decode.filter.ir.IrInterpreter.ASK;
import static io.pairwire.decode.filter.ir.IrInterpreter.ASK_BEHIND;
import static io.pairwire.decode.filter.ir.IrInterpreter.COMPARE;
import static io.pairwire.decode.filter.ir.IrInterpreter.COMPUTE;
import static io.pairwire.decode.filter.ir.IrInterpreter.JUMP;
import static io.pairwire.decode.filter.ir.IrInterpreter.LENGTH;
import static io.pairwire.decode.filter.ir.IrInterpreter.LOAD;
import static io.pairwire.decode.filter.ir.IrInterpreter.MOVE;
import static io.pairwire.decode.filter.ir.IrInterpreter.RETURN;
import static io.pairwire.decode.filter.ir.IrInterpreter.STEP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays a program out as {@link IrInterpreter} wants it.
 *
 * <p>A question about a field at a fixed place, or behind an IPv4 header, becomes one step that loads what it needs. Operations whose
 * register then nobody reads are left out, unless they may be what ends the program.
 */
final class Steps {
    private final IrProgram program;
    private final List<long[]> steps = new ArrayList<>();
    /** Steps that name blocks. */
    private final BitSet lead = new BitSet();

    private final List<Integer> constants = new ArrayList<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    /** Who writes a register whose value never changes. */
    private final @Nullable Operation[] writers;

    private final boolean[] stable;
    private final boolean[] read;

    Steps(IrProgram program) {
        this.program = program;
        List<Block> blocks = program.blocks();
        stable = program.stableRegisters();
        read = new boolean[program.registers()];
        writers = new @Nullable Operation[program.registers()];
        for (Block block : blocks) {
            for (Operation operation : block.operations()) {
                if (stable[operation.target()]) writers[operation.target()] = operation;
            }
        }
        for (Block block : blocks)
            if (asked(block.end()) == null) note(block.end().reads());
        boolean changed = true;
        while (changed) changed = noteKept(blocks);
        int[] starts = new int[blocks.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = STEP * steps.size();
            add(blocks.get(i));
        }
        lead.stream().mapToObj(steps::get).forEach(step -> lead(step, starts));
    }

    /** Notes what operations that are kept read; does that change anything? */
    private boolean noteKept(List<Block> blocks) {
        boolean[] before = read.clone();
        for (Block block : blocks.reversed()) {
            long[] asked = asked(block.end());
            for (Operation operation : block.operations().reversed()) {
                if (isKept(operation, asked)) note(operation.reads());
            }
        }
        return !Arrays.equals(before, read);
    }

    private void note(List<Operand> operands) {
        for (Operand operand : operands) if (operand instanceof Operand.Register(int number)) read[number] = true;
    }

    private boolean isKept(Operation operation, long @Nullable [] asked) {
        return read[operation.target()]
                || switch (operation) {
                    case Operation.Move _, Operation.Length _ -> false;
                    case Operation.Arithmetic arithmetic ->
                        arithmetic.operator().divides();
                    case Operation.Load load -> asked == null || !isDoneBy(load, asked);
                };
    }

    /** Does a step refuse all packets that are too short for the load? */
    private boolean isDoneBy(Operation.Load load, long[] asked) {
        if (load.isFixed()) return load.end() <= detail(asked);
        return Arrays.equals(behindHeader(load), new long[] {detail(asked), asked[1]}) && kind(asked) == ASK_BEHIND;
    }

    private static int kind(long[] step) {
        return (int) step[0];
    }

    private static int detail(long[] step) {
        return (int) (step[0] >>> 32);
    }

    private static void lead(long[] step, int[] starts) {
        step[3] = ways(starts[(int) step[3]], starts[(int) (step[3] >>> 32)]);
    }

    private static long ways(int yes, int no) {
        return (long) no << 32 | yes;
    }

    long[] steps() {
        long[] all = new long[STEP * steps.size()];
        for (int i = 0; i < steps.size(); i++) System.arraycopy(steps.get(i), 0, all, STEP * i, STEP);
        return all;
    }

    /** All registers, those of constants with their values. */
    int[] registers() {
        int[] all = new int[program.registers() + constants.size()];
        for (int i = 0; i < constants.size(); i++) all[program.registers() + i] = constants.get(i);
        return all;
    }

    /** How many registers, from the first, may be read before they are written. */
    int cleared() {
        for (int i = stable.length; i > 0; i--) if (!stable[i - 1] && read[i - 1]) return i;
        return 0;
    }

    private void add(Block block) {
        long[] asked = asked(block.end());
        for (Operation operation : block.operations()) if (isKept(operation, asked)) add(operation);
        if (asked == null) add(block.end());
        else step(true, asked);
    }

    /** The end of a block as a step that looks up itself what it asks about; null if there is none. */
    private long @Nullable [] asked(Terminator end) {
        if (!(end instanceof Terminator.Branch b)
                || !(b.left() instanceof Operand.Register(int register))
                || !(b.right() instanceof Operand.Constant(int right))) return null;
        int bits = -1;
        Operation writer = writers[register];
        if (writer instanceof Operation.Arithmetic(int _, Operator operator, Operand left, Operand by)
                && operator == Operator.AND
                && left instanceof Operand.Register(int masked)
                && by instanceof Operand.Constant(int mask)) {
            bits = mask;
            writer = writers[masked];
        }
        if (!(writer instanceof Operation.Load load)) return null;
        boolean equal = b.comparison() == Comparison.EQUAL;
        if (!load.isFixed()) {
            long[] place = behindHeader(load);
            return place == null || !equal || bits != -1
                    ? null
                    : new long[] {kind(ASK_BEHIND, (int) place[0]), place[1], right, ways(b.ifTrue(), b.ifFalse())};
        }
        long field = bits & (1L << 8 * load.width().bytes()) - 1;
        long value = right & 0xffff_ffffL;
        if (load.end() > Integer.MAX_VALUE || equal && (value & ~field) != 0) return null;
        int shift = (int) (8 * Math.max(0, 8 - load.end())); // what lies within the first eight bytes does not end them
        return switch (b.comparison()) {
            case EQUAL ->
                new long[] {kind(ASK, (int) load.end()), field << shift, value << shift, ways(b.ifTrue(), b.ifFalse())};
            case COMMON_BITS ->
                new long[] {kind(ASK, (int) load.end()), (field & value) << shift, 0, ways(b.ifFalse(), b.ifTrue())};
            case GREATER, GREATER_OR_EQUAL -> null;
        };
    }

    /** Where the length of an IPv4 header ends, and how far behind that header two bytes are loaded; null if it is no such load. */
    private long @Nullable [] behindHeader(Operation.Load load) {
        if (load.width() != Width.HALF
                || load.offset() < 0
                || load.offset() > 0xffff
                || !(writer(load.base())
                        instanceof Operation.Arithmetic(int _, Operator times, Operand words, Operand two))
                || times != Operator.SHIFT_LEFT
                || !two.equals(new Operand.Constant(2))
                || !(writer(words) instanceof Operation.Arithmetic(int _, Operator and, Operand first, Operand low))
                || and != Operator.AND
                || !low.equals(new Operand.Constant(0xf))
                || !(writer(first) instanceof Operation.Load length)
                || !length.isFixed()
                || length.width() != Width.BYTE
                || length.end() > Integer.MAX_VALUE) return null;
        return new long[] {length.end(), load.offset()};
    }

    private @Nullable Operation writer(Operand operand) {
        return operand instanceof Operand.Register(int number) ? writers[number] : null;
    }

    private void add(Operation operation) {
        switch (operation) {
            case Operation.Move(int target, Operand source) -> step(false, kind(MOVE, 0), target, place(source), 0);
            case Operation.Length(int target) -> step(false, kind(LENGTH, 0), target, 0, 0);
            case Operation.Load(int target, Operand base, int offset, Width width) ->
                step(false, kind(LOAD, width.bytes()), target, place(base), offset & 0xffff_ffffL);
            case Operation.Arithmetic(int target, Operator operator, Operand left, Operand right) ->
                step(false, kind(COMPUTE, operator.ordinal()), target, place(left), place(right));
        }
    }

    private void add(Terminator end) {
        switch (end) {
            case Terminator.Return(Operand value) -> step(false, kind(RETURN, 0), 0, place(value), 0);
            case Terminator.Jump(int block) -> step(true, kind(JUMP, 0), 0, 0, ways(block, block));
            case Terminator.Branch b ->
                step(
                        true,
                        kind(COMPARE, b.comparison().ordinal()),
                        place(b.left()),
                        place(b.right()),
                        ways(b.ifTrue(), b.ifFalse()));
        }
    }

    private static long kind(int kind, int detail) {
        return (long) detail << 32 | kind;
    }

    private void step(boolean leadsOn, long... step) {
        if (leadsOn) lead.set(steps.size());
        steps.add(step);
    }

    private int place(Operand operand) {
        return switch (operand) {
            case Operand.Register(int number) -> number;
            case Operand.Constant(int value) ->
                places.computeIfAbsent(value, v -> {
                    constants.add(v);
                    return program.registers() + constants.size() - 1;
                });
        };
    }
}
