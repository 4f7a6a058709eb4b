package io.pairwire.decode.filter.ir;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;

/**
 * Runs an {@link IrProgram} step by step: the reference, and what runs where a program is too large to become bytecode.
 *
 * <p>Steps are five ints each, laid out one after the other; a constant operand has a register of its own behind those of the
 * program, so that every operand is a register. Not thread-safe: it owns its registers.
 */
public final class IrInterpreter implements FilterCode {
    private static final int STEP = 5;

    private static final int RETURN = 0;
    private static final int JUMP = 1;
    private static final int MOVE = 2;
    private static final int LENGTH = 3;
    private static final int LOAD = 4; // + ordinal of the width
    private static final int COMPARE = 7; // + ordinal of the comparison
    private static final int COMPUTE = 11; // + ordinal of the operator

    private static final Operator[] OPERATORS = Operator.values();
    private static final Comparison[] COMPARISONS = Comparison.values();

    private final int[] steps;
    private final int[] registers;
    private final int written;
    private final Packet packet = new Packet();

    public IrInterpreter(IrProgram program) {
        var layout = new Layout(program.registers());
        steps = layout.steps(program);
        registers = layout.registers();
        written = program.registers();
    }

    @Override
    public int run(MemorySegment memory, long start, int captured, int original) {
        packet.moveTo(memory, start, captured, original, 0);
        int[] r = registers;
        Arrays.fill(r, 0, written, 0);
        int waysBack = 0;
        int at = 0;
        while (true) {
            int kind = steps[at];
            int target = steps[at + 1];
            int left = steps[at + 2];
            int right = steps[at + 3];
            if (kind >= COMPUTE) {
                Operator operator = OPERATORS[kind - COMPUTE];
                if (r[right] == 0 && operator.divides()) return 0;
                r[target] = operator.apply(r[left], r[right]);
                at += STEP;
            } else if (kind >= COMPARE) {
                int next = COMPARISONS[kind - COMPARE].holds(r[left], r[right]) ? target : steps[at + 4];
                if (next <= at && ++waysBack > IrProgram.MOST_WAYS_BACK) return 0;
                at = next;
            } else if (kind >= LOAD) {
                int width = 1 << kind - LOAD;
                long place = (r[left] & 0xffff_ffffL) + (right & 0xffff_ffffL);
                if (place + width > captured) return 0;
                r[target] = width == 1
                        ? packet.u8((int) place)
                        : width == 2 ? packet.u16((int) place) : packet.u32((int) place);
                at += STEP;
            } else if (kind == MOVE) {
                r[target] = r[left];
                at += STEP;
            } else if (kind == LENGTH) {
                r[target] = original;
                at += STEP;
            } else if (kind == JUMP) {
                if (target <= at && ++waysBack > IrProgram.MOST_WAYS_BACK) return 0;
                at = target;
            } else {
                return r[left];
            }
        }
    }

    /** Puts steps and constants where the loop above finds them. */
    private static final class Layout {
        private final ArrayList<Integer> constants = new ArrayList<>();
        private final HashMap<Integer, Integer> places = new HashMap<>();
        private final int registers;

        Layout(int registers) {
            this.registers = registers;
        }

        int[] steps(IrProgram program) {
            int[] starts = new int[program.blocks().size()];
            int length = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = length;
                length += STEP * (program.blocks().get(i).operations().size() + 1);
            }
            int[] steps = new int[length];
            int at = 0;
            for (Block block : program.blocks()) {
                for (Operation operation : block.operations()) at = put(steps, at, step(operation));
                at = put(steps, at, step(block.end(), starts));
            }
            return steps;
        }

        int[] registers() {
            int[] all = new int[registers + constants.size()];
            for (int i = 0; i < constants.size(); i++) all[registers + i] = constants.get(i);
            return all;
        }

        private static int put(int[] steps, int at, int[] step) {
            System.arraycopy(step, 0, steps, at, step.length);
            return at + STEP;
        }

        private int[] step(Operation operation) {
            return switch (operation) {
                case Operation.Move(int target, Operand source) -> new int[] {MOVE, target, place(source)};
                case Operation.Length(int target) -> new int[] {LENGTH, target};
                case Operation.Load(int target, Operand base, int offset, Width width) ->
                    new int[] {LOAD + width.ordinal(), target, place(base), offset};
                case Operation.Arithmetic(int target, Operator operator, Operand left, Operand right) ->
                    new int[] {COMPUTE + operator.ordinal(), target, place(left), place(right)};
            };
        }

        private int[] step(Terminator end, int[] starts) {
            return switch (end) {
                case Terminator.Return(Operand value) -> new int[] {RETURN, 0, place(value)};
                case Terminator.Jump(int block) -> new int[] {JUMP, starts[block]};
                case Terminator.Branch b ->
                    new int[] {
                        COMPARE + b.comparison().ordinal(),
                        starts[b.ifTrue()],
                        place(b.left()),
                        place(b.right()),
                        starts[b.ifFalse()]
                    };
            };
        }

        private int place(Operand operand) {
            return switch (operand) {
                case Operand.Register(int number) -> number;
                case Operand.Constant(int value) ->
                    places.computeIfAbsent(value, v -> {
                        constants.add(v);
                        return registers + constants.size() - 1;
                    });
            };
        }
    }
}
