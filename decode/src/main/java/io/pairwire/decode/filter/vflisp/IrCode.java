package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Lowering;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.vfm.LinkPlaces;
import io.pairwire.decode.filter.vfm.VfmField;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes an expression in the intermediate form. That has 32 bits, so for every value it is known between which bounds it lies;
 * where they do not fit, and where the answer to a question is used as a number, there is no program.
 */
final class IrCode {
    private static final long MOST = 0xffff_ffffL;

    private int registers = PlaceCode.RESERVED;

    /** A number in a register or known, from {@code least} to {@code most}. */
    private record Value(Operand operand, long least, long most) {}

    /** Says that the intermediate form cannot express something; never leaves this class. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit() {
            super("does not fit into 32 bits", null, false, false);
        }
    }

    private IrCode() {}

    /** The program; empty if it needs more than the intermediate form has. */
    static Optional<IrProgram> program(Expression expression, LinkPlaces link) {
        var code = new IrCode();
        try {
            Condition condition = code.truth(expression);
            Set<VfmField> named = expression.named();
            if (!named.isEmpty()) {
                Condition find = PlaceCode.find(link, named.stream().anyMatch(VfmField::isBehindNetwork));
                condition = new Condition.All(List.of(find, condition));
            }
            return Optional.of(Lowering.lower(condition, code.registers, VfmInterpreter.WHOLE_PACKET));
        } catch (Unfit e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // larger than a program may be: conditions of "if" are written twice
        }
    }

    private static Operand constant(int value) {
        return new Operand.Constant(value);
    }

    private static Operand register(int number) {
        return new Operand.Register(number);
    }

    private static Condition equal(int register, int value) {
        return new Condition.Test(List.of(), Comparison.EQUAL, register(register), constant(value));
    }

    private Condition truth(Expression expression) {
        if (!(expression instanceof Expression.Call call) || !call.operator().asks()) return notZero(expression);
        return switch (call.operator()) {
            case IF -> {
                Condition asked = truth(call.argument(0));
                yield new Condition.Any(List.of(
                        new Condition.All(List.of(asked, truth(call.argument(1)))),
                        new Condition.All(List.of(Condition.not(asked), truth(call.argument(2))))));
            }
            case AND ->
                new Condition.All(call.arguments().stream().map(this::truth).toList());
            case OR ->
                new Condition.Any(call.arguments().stream().map(this::truth).toList());
            case NOT -> Condition.not(truth(call.argument(0)));
            default -> compare(call);
        };
    }

    private Condition notZero(Expression expression) {
        var operations = new ArrayList<Operation>();
        Condition answer;
        if (expression.isWide()) {
            Operand[] words = wide(expression, operations);
            Operand all = words[0];
            for (int i = 1; i < words.length; i++) all = register(compute(operations, Operator.OR, all, words[i]));
            answer = new Condition.Test(operations, Comparison.EQUAL, all, constant(0));
        } else {
            Value value = value(expression, operations);
            answer = new Condition.Test(operations, Comparison.EQUAL, value.operand(), constant(0));
        }
        return with(expression.needed(), Condition.not(answer));
    }

    private static Condition with(Set<VfmField> needed, Condition condition) {
        if (needed.isEmpty()) return condition;
        var parts = new ArrayList<Condition>();
        for (VfmField field : needed) parts.addAll(presence(field));
        parts.add(condition);
        return new Condition.All(parts);
    }

    private static List<Condition> presence(VfmField field) {
        return switch (field) {
            case SRC_PORT, DST_PORT -> List.of(equal(PlaceCode.PORTS, 1));
            case TCP_FLAGS -> List.of(equal(PlaceCode.PORTS, 1), equal(PlaceCode.PROTOCOL, 6));
            case SRC_IP, SRC_IP4, DST_IP, DST_IP4 -> List.of(equal(PlaceCode.VERSION, 4));
            case SRC_IP6, DST_IP6, NEXT_HDR, HOP_LIMIT -> List.of(equal(PlaceCode.VERSION, 6));
            default -> List.of(Condition.not(equal(PlaceCode.VERSION, 0)));
        };
    }

    private Condition compare(Expression.Call call) {
        var operations = new ArrayList<Operation>();
        var needed = new LinkedHashSet<VfmField>();
        call.arguments().forEach(argument -> needed.addAll(argument.needed()));
        if (call.argument(0).isWide()) {
            Operand[] left = wide(call.argument(0), operations);
            Operand[] right = wide(call.argument(1), operations);
            return with(needed, wideAnswer(call.operator(), operations, left, right));
        }
        Operand left = value(call.argument(0), operations).operand();
        Operand right = value(call.argument(1), operations).operand();
        return with(needed, answer(call.operator(), operations, left, right));
    }

    private static Condition answer(LispOperator operator, List<Operation> operations, Operand left, Operand right) {
        return switch (operator) {
            case EQUAL -> new Condition.Test(operations, Comparison.EQUAL, left, right);
            case NOT_EQUAL -> Condition.not(new Condition.Test(operations, Comparison.EQUAL, left, right));
            case GREATER -> new Condition.Test(operations, Comparison.GREATER, left, right);
            case GREATER_OR_EQUAL -> new Condition.Test(operations, Comparison.GREATER_OR_EQUAL, left, right);
            case LESS -> new Condition.Test(operations, Comparison.GREATER, right, left);
            case LESS_OR_EQUAL -> new Condition.Test(operations, Comparison.GREATER_OR_EQUAL, right, left);
            default -> throw new IllegalStateException(operator + " does not compare");
        };
    }

    /** Word by word from the left; all words are loaded before the first is asked about. */
    private static Condition wideAnswer(
            LispOperator operator, List<Operation> operations, Operand[] left, Operand[] right) {
        if (operator == LispOperator.NOT_EQUAL) {
            return Condition.not(wideAnswer(LispOperator.EQUAL, operations, left, right));
        }
        Condition answer = answer(operator, List.of(), left[3], right[3]);
        for (int i = 2; i >= 0; i--) {
            List<Operation> before = i == 0 ? operations : List.of();
            if (operator == LispOperator.EQUAL) {
                answer = Condition.and(answer(operator, before, left[i], right[i]), answer);
                continue;
            }
            boolean more = operator == LispOperator.GREATER || operator == LispOperator.GREATER_OR_EQUAL;
            LispOperator strictly = more ? LispOperator.GREATER : LispOperator.LESS;
            answer = new Condition.Any(List.of(
                    answer(strictly, before, left[i], right[i]),
                    new Condition.All(List.of(answer(LispOperator.EQUAL, List.of(), left[i], right[i]), answer))));
        }
        return answer;
    }

    private int compute(List<Operation> operations, Operator operator, Operand left, Operand right) {
        operations.add(new Operation.Arithmetic(registers, operator, left, right));
        return registers++;
    }

    private Operand load(List<Operation> operations, int base, int offset, Width width) {
        operations.add(new Operation.Load(registers, register(base), offset, width));
        return register(registers++);
    }

    private Operand[] wide(Expression expression, List<Operation> operations) {
        var words = new Operand[4];
        switch (expression) {
            case Expression.Address(long high, long low, int _) -> {
                words[0] = constant((int) (high >> 32));
                words[1] = constant((int) high);
                words[2] = constant((int) (low >> 32));
                words[3] = constant((int) low);
            }
            case Expression.Field(VfmField field, int _) -> {
                int offset = field == VfmField.SRC_IP6 ? 8 : 24;
                for (int i = 0; i < 4; i++) words[i] = load(operations, PlaceCode.NETWORK, offset + 4 * i, Width.WORD);
            }
            case Expression.Call call -> {
                words = wide(call.argument(0), operations);
                for (Expression argument :
                        call.arguments().subList(1, call.arguments().size())) {
                    Operand[] right = wide(argument, operations);
                    for (int i = 0; i < 4; i++) {
                        words[i] = register(compute(operations, operator(call.operator()), words[i], right[i]));
                    }
                }
            }
            case Expression.Number _ -> throw new IllegalStateException("a number is not wide");
        }
        return words;
    }

    private static Operator operator(LispOperator operator) {
        return switch (operator) {
            case ADD -> Operator.ADD;
            case SUBTRACT -> Operator.SUBTRACT;
            case MULTIPLY -> Operator.MULTIPLY;
            case DIVIDE -> Operator.DIVIDE;
            case REMAINDER -> Operator.REMAINDER;
            case BITS_AND -> Operator.AND;
            case BITS_OR -> Operator.OR;
            case BITS_XOR -> Operator.XOR;
            case SHIFT_LEFT -> Operator.SHIFT_LEFT;
            case SHIFT_RIGHT -> Operator.SHIFT_RIGHT;
            default -> throw new IllegalStateException(operator + " computes nothing");
        };
    }

    private Value value(Expression expression, List<Operation> operations) {
        return switch (expression) {
            case Expression.Number(long value, int _) -> {
                if (value < 0 || value > MOST) throw new Unfit();
                yield new Value(constant((int) value), value, value);
            }
            case Expression.Field(VfmField field, int _) -> field(field, operations);
            case Expression.Call call -> {
                if (call.operator().asks()) throw new Unfit();
                Value left = value(call.argument(0), operations);
                for (Expression argument :
                        call.arguments().subList(1, call.arguments().size())) {
                    left = arithmetic(call.operator(), left, value(argument, operations), operations);
                }
                yield left;
            }
            case Expression.Address _ -> throw new IllegalStateException("an IPv6 address is wide");
        };
    }

    private Value arithmetic(LispOperator operator, Value left, Value right, List<Operation> operations) {
        Value by = right;
        if (operator == LispOperator.SHIFT_LEFT || operator == LispOperator.SHIFT_RIGHT) {
            if (right.least() != right.most()) throw new Unfit(); // kernels differ on such shifts
            long bits = right.most() & 63;
            by = new Value(constant((int) bits), bits, bits);
        }
        long least = 0;
        long most = switch (operator) {
            case ADD -> left.most() + by.most();
            case MULTIPLY ->
                by.most() == 0 || left.most() <= MOST / by.most() ? left.most() * by.most() : Long.MAX_VALUE;
            case SUBTRACT -> left.least() >= by.most() ? left.most() : Long.MAX_VALUE;
            case BITS_AND -> Math.min(left.most(), by.most());
            case BITS_OR, BITS_XOR -> (Long.highestOneBit(left.most() | by.most()) << 1) - 1;
            case REMAINDER -> Math.min(left.most(), Math.max(0, by.most() - 1));
            case SHIFT_LEFT -> by.most() < 32 || left.most() == 0 ? left.most() << by.most() : Long.MAX_VALUE;
            case SHIFT_RIGHT -> left.most() >>> by.most();
            default -> left.most();
        };
        if (most > MOST || most < 0) throw new Unfit();
        if (operator == LispOperator.ADD) least = left.least() + by.least();
        return new Value(register(compute(operations, operator(operator), left.operand(), by.operand())), least, most);
    }

    private Value field(VfmField field, List<Operation> operations) {
        return switch (field) {
            case PROTO -> new Value(register(PlaceCode.PROTOCOL), 0, 255);
            case SRC_IP, SRC_IP4 -> new Value(load(operations, PlaceCode.NETWORK, 12, Width.WORD), 0, MOST);
            case DST_IP, DST_IP4 -> new Value(load(operations, PlaceCode.NETWORK, 16, Width.WORD), 0, MOST);
            case SRC_PORT -> new Value(load(operations, PlaceCode.TRANSPORT, 0, Width.HALF), 0, 0xffff);
            case DST_PORT -> new Value(load(operations, PlaceCode.TRANSPORT, 2, Width.HALF), 0, 0xffff);
            case ETHERTYPE -> new Value(register(PlaceCode.OUTER_TYPE), 0, 0xffff);
            case INNER_ETHERTYPE -> new Value(register(PlaceCode.INNER_TYPE), 0, 0xffff);
            case IP_LEN -> length(operations);
            case TCP_FLAGS -> new Value(load(operations, PlaceCode.TRANSPORT, 13, Width.BYTE), 0, 255);
            case IP_VERSION -> new Value(register(PlaceCode.VERSION), 0, 6);
            case NEXT_HDR -> new Value(load(operations, PlaceCode.NETWORK, 6, Width.BYTE), 0, 255);
            case HOP_LIMIT -> new Value(load(operations, PlaceCode.NETWORK, 7, Width.BYTE), 0, 255);
            case HAS_EXT_HDR -> new Value(register(PlaceCode.HAS_HEADERS), 0, 1);
            case EXT_HDR_COUNT -> new Value(register(PlaceCode.COUNT), 0, 16);
            case EXT_HDR_LEN -> new Value(register(PlaceCode.HEADERS), 0, 0xffff);
            case FINAL_PROTO -> new Value(register(PlaceCode.FINAL), 0, 255);
            case FRAG_ID -> new Value(register(PlaceCode.FRAGMENT_ID), 0, MOST);
            case FRAG_OFFSET -> part(operations, Operator.SHIFT_RIGHT, 3, 0x1fff);
            case FRAG_FLAGS -> part(operations, Operator.AND, 7, 7);
            case SRC_IP6, DST_IP6 -> throw new IllegalStateException(field + " is wide");
        };
    }

    private Value part(List<Operation> operations, Operator operator, int by, long most) {
        int part = compute(operations, operator, register(PlaceCode.FRAGMENT), constant(by));
        return new Value(register(part), 0, most);
    }

    /** Version 4 has the length at 2; version 6 has it at 4, without its own header of 40 bytes. */
    private Value length(List<Operation> operations) {
        int more = compute(operations, Operator.SUBTRACT, register(PlaceCode.VERSION), constant(4));
        int place = compute(operations, Operator.ADD, register(PlaceCode.NETWORK), register(more));
        Operand told = load(operations, place, 2, Width.HALF);
        int header = compute(operations, Operator.MULTIPLY, register(more), constant(20));
        return new Value(register(compute(operations, Operator.ADD, told, register(header))), 0, 0xffff + 40);
    }
}
