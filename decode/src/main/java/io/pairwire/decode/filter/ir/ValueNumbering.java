package io.pairwire.decode.filter.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds constants, and replaces a value by an equal one that was computed on every way to it.
 *
 * <p>Only registers whose value never changes take part, see {@link Threading#stable}. Blocks are visited after all that
 * precede them, so an operand has got its final name before it is asked for.
 */
final class ValueNumbering {
    /** Earlier computations of the same value that are looked at; a bound for generated filters. */
    private static final int MOST = 64;

    private final List<Block> blocks;
    private final Flow flow;
    private final boolean[] stable;
    private final Operand[] names;
    private final Map<Operation, List<Place>> known = new HashMap<>();

    /** Where a value was computed first. */
    private record Place(int block, int register) {}

    ValueNumbering(List<Block> blocks, int registers) {
        this.blocks = blocks;
        flow = new Flow(blocks);
        stable = Arrays.copyOf(Threading.stable(blocks, flow), registers);
        names = new Operand[registers];
        for (int r = 0; r < registers; r++) names[r] = new Operand.Register(r);
    }

    void run() {
        for (int i = 0; i < blocks.size(); i++) {
            if (!flow.isReached(i)) continue;
            Block block = blocks.get(i);
            var kept = new ArrayList<Operation>();
            for (Operation operation : block.operations()) {
                Operation simple = simplified(named(operation));
                if (!isReplaced(simple, i)) kept.add(simple);
            }
            blocks.set(i, new Block(kept, named(block.end())));
        }
    }

    /** Is the value there already? Then its register gets the other's name. */
    private boolean isReplaced(Operation operation, int block) {
        int target = operation.target();
        if (!stable[target]) return false;
        if (operation instanceof Operation.Move(int _, Operand source)) {
            if (!isStable(source)) return false;
            names[target] = source;
            return true;
        }
        if (!isStable(operation)) return false;
        List<Place> places = known.computeIfAbsent(withoutTarget(operation), _ -> new ArrayList<>());
        for (int i = places.size() - 1; i >= Math.max(0, places.size() - MOST); i--) {
            if (flow.dominates(places.get(i).block(), block)) {
                names[target] = new Operand.Register(places.get(i).register());
                return true;
            }
        }
        places.add(new Place(block, target));
        return false;
    }

    private boolean isStable(Operand operand) {
        return switch (operand) {
            case Operand.Constant _ -> true;
            case Operand.Register(int number) -> stable[number];
        };
    }

    private boolean isStable(Operation operation) {
        return switch (operation) {
            case Operation.Move(int _, Operand source) -> isStable(source);
            case Operation.Load(int _, Operand base, int _, Width _) -> isStable(base);
            case Operation.Arithmetic(int _, Operator _, Operand left, Operand right) ->
                isStable(left) && isStable(right);
            case Operation.Length _ -> true;
        };
    }

    private static Operation withoutTarget(Operation operation) {
        return switch (operation) {
            case Operation.Move(int _, Operand source) -> new Operation.Move(-1, source);
            case Operation.Load(int _, Operand base, int offset, Width width) ->
                new Operation.Load(-1, base, offset, width);
            case Operation.Arithmetic(int _, Operator operator, Operand left, Operand right) ->
                new Operation.Arithmetic(-1, operator, left, right);
            case Operation.Length _ -> new Operation.Length(-1);
        };
    }

    private Operand named(Operand operand) {
        return operand instanceof Operand.Register(int number) ? names[number] : operand;
    }

    private Operation named(Operation operation) {
        return switch (operation) {
            case Operation.Move(int target, Operand source) -> new Operation.Move(target, named(source));
            case Operation.Load(int target, Operand base, int offset, Width width) ->
                new Operation.Load(target, named(base), offset, width);
            case Operation.Arithmetic(int target, Operator operator, Operand left, Operand right) ->
                new Operation.Arithmetic(target, operator, named(left), named(right));
            case Operation.Length _ -> operation;
        };
    }

    private Terminator named(Terminator end) {
        return switch (end) {
            case Terminator.Return(Operand value) -> new Terminator.Return(named(value));
            case Terminator.Jump _ -> end;
            case Terminator.Branch b -> turned(b.comparison(), named(b.left()), named(b.right()), b);
        };
    }

    /** A comparison of a constant with a register becomes one of the register with the constant. */
    private static Terminator turned(Comparison comparison, Operand left, Operand right, Terminator.Branch b) {
        if (!(left instanceof Operand.Constant(int constant))) {
            return new Terminator.Branch(comparison, left, right, b.ifTrue(), b.ifFalse());
        }
        if (right instanceof Operand.Constant(int other)) {
            return new Terminator.Jump(comparison.holds(constant, other) ? b.ifTrue() : b.ifFalse());
        }
        return switch (comparison) {
            case EQUAL, COMMON_BITS -> new Terminator.Branch(comparison, right, left, b.ifTrue(), b.ifFalse());
            case GREATER -> // c > r is not r >= c
                new Terminator.Branch(Comparison.GREATER_OR_EQUAL, right, left, b.ifFalse(), b.ifTrue());
            case GREATER_OR_EQUAL -> new Terminator.Branch(Comparison.GREATER, right, left, b.ifFalse(), b.ifTrue());
        };
    }

    private static Operation simplified(Operation operation) {
        return switch (operation) {
            case Operation.Load load -> placed(load);
            case Operation.Arithmetic(int target, Operator operator, Operand left, Operand right) -> {
                boolean isKnown = right instanceof Operand.Constant;
                int r = right instanceof Operand.Constant(int value) ? value : 0;
                if (isKnown && r == 0 && operator.divides()) yield operation; // ends the program, so it stays
                if (isKnown && left instanceof Operand.Constant(int l)) {
                    yield new Operation.Move(target, new Operand.Constant(operator.apply(l, r)));
                }
                if (isKnown && isNeutral(operator, r)) yield new Operation.Move(target, left);
                if (isKnown && r == 0 && (operator == Operator.AND || operator == Operator.MULTIPLY)) {
                    yield new Operation.Move(target, right);
                }
                yield operation;
            }
            default -> operation;
        };
    }

    /** A load at a constant place is written with the whole place in its offset, if that fits. */
    private static Operation placed(Operation.Load load) {
        if (!(load.base() instanceof Operand.Constant(int base)) || base == 0) return load;
        long place = (base & 0xffff_ffffL) + (load.offset() & 0xffff_ffffL);
        if (place > 0xffff_ffffL) return load;
        return new Operation.Load(load.target(), new Operand.Constant(0), (int) place, load.width());
    }

    private static boolean isNeutral(Operator operator, int right) {
        return switch (operator) {
            case ADD, SUBTRACT, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> right == 0;
            case MULTIPLY, DIVIDE -> right == 1;
            case AND -> right == -1;
            case REMAINDER -> false;
        };
    }
}
