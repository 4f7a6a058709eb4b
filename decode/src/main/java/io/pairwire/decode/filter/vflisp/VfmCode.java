package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.VfmField;
import io.pairwire.decode.filter.vfm.VfmInstruction;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmOpcode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes an expression for VFM. A jump is written with the number of a label and gets its place at the end.
 *
 * <p>In {@link VfmMode#SOUND} truth is what is not 0, and a comparison that lacks a field does not hold. In the other modes fields are
 * loads at fixed places, and {@code and} and {@code or} give the last value they looked at, as VFM's own compiler has it.
 */
final class VfmCode {
    private final boolean sound;
    private final String text;
    private final List<VfmInstruction> instructions = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private VfmCode(String text, VfmMode mode) {
        this.text = text;
        sound = mode == VfmMode.SOUND;
    }

    static VfmProgram program(Expression expression, String text, VfmMode mode) {
        var code = new VfmCode(text, mode);
        if (code.sound) {
            code.lookUp(expression.named());
            code.truth(expression);
            code.add(VfmOpcode.PUSH, 0);
            code.add(VfmOpcode.NE);
        } else {
            code.value(expression);
            if (expression.isWide()) code.add(VfmOpcode.OR); // not zero if one half is not
        }
        code.add(VfmOpcode.RET);
        return new VfmProgram(code.placed());
    }

    private List<VfmInstruction> placed() {
        return instructions.stream()
                .map(i -> i.opcode().jumps() ? VfmInstruction.of(i.opcode(), labels.get((int) i.operand())) : i)
                .toList();
    }

    private void add(VfmOpcode opcode) {
        add(VfmInstruction.of(opcode));
    }

    private void add(VfmOpcode opcode, long operand) {
        add(VfmInstruction.of(opcode, operand));
    }

    private void add(VfmInstruction instruction) {
        if (instructions.size() >= VfmProgram.MOST_INSTRUCTIONS) {
            throw new FilterSyntaxException(
                    "the expression needs more than " + VfmProgram.MOST_INSTRUCTIONS + " instructions", text, 1);
        }
        instructions.add(instruction);
    }

    private int label() {
        labels.add(-1);
        return labels.size() - 1;
    }

    private void bind(int label) {
        labels.set(label, instructions.size());
    }

    /** Places are looked up before anything is asked, so that a cut packet meets the same fate in all engines. */
    private void lookUp(Set<VfmField> fields) {
        if (fields.isEmpty()) return;
        boolean behind = fields.stream().anyMatch(VfmField::isBehindNetwork);
        VfmField probe = behind ? VfmField.PROTO : VfmField.IP_VERSION;
        add(VfmOpcode.IPV6_EXT, VfmField.PRESENT + probe.number());
        add(VfmOpcode.POP);
    }

    /** Leaves 0, or something else. */
    private void truth(Expression expression) {
        if (expression instanceof Expression.Call(LispOperator operator, List<Expression> arguments, int _)) {
            switch (operator) {
                case IF -> {
                    choice(arguments, true);
                    return;
                }
                case AND -> {
                    series(arguments, VfmOpcode.JEQ, 1);
                    return;
                }
                case OR -> {
                    series(arguments, VfmOpcode.JNE, 0);
                    return;
                }
                case NOT -> {
                    truth(arguments.getFirst());
                    add(VfmOpcode.PUSH, 0);
                    add(VfmOpcode.EQ);
                    return;
                }
                default -> {}
            }
        }
        int absent = label();
        int end = label();
        Set<VfmField> needed = expression.isQuestion() ? Set.of() : expression.needed(); // a comparison asks for itself
        for (VfmField field : needed) jumpIfAbsent(field, absent);
        value(expression);
        if (expression.isWide()) add(VfmOpcode.OR);
        if (!needed.isEmpty()) otherwise(0, absent, end);
    }

    private void jumpIfAbsent(VfmField field, int absent) {
        add(VfmOpcode.IPV6_EXT, VfmField.PRESENT + field.number());
        add(VfmOpcode.PUSH, 0);
        add(VfmOpcode.JEQ, absent);
    }

    /** Behind a value: the same place of the stack for those who jump to {@code elsewhere}. */
    private void otherwise(long value, int elsewhere, int end) {
        add(VfmOpcode.JMP, end);
        bind(elsewhere);
        add(VfmOpcode.PUSH, value);
        bind(end);
    }

    /** Asks one after the other and jumps out when the answer is clear. */
    private void series(List<Expression> arguments, VfmOpcode leave, long ifAll) {
        int left = label();
        int end = label();
        for (Expression argument : arguments) {
            truth(argument);
            add(VfmOpcode.PUSH, 0);
            add(leave, left);
        }
        add(VfmOpcode.PUSH, ifAll);
        otherwise(1 - ifAll, left, end);
    }

    private void choice(List<Expression> arguments, boolean asTruth) {
        int otherwise = label();
        int end = label();
        if (sound) truth(arguments.get(0));
        else value(arguments.get(0));
        add(VfmOpcode.PUSH, 0);
        add(VfmOpcode.JEQ, otherwise);
        branch(arguments.get(1), asTruth);
        add(VfmOpcode.JMP, end);
        bind(otherwise);
        branch(arguments.get(2), asTruth);
        bind(end);
    }

    private void branch(Expression expression, boolean asTruth) {
        if (asTruth) truth(expression);
        else value(expression);
    }

    private void value(Expression expression) {
        switch (expression) {
            case Expression.Number(long value, int _) -> add(VfmOpcode.PUSH, value);
            case Expression.Address(long high, long low, int _) ->
                add(new VfmInstruction(VfmOpcode.PUSH128, high, low));
            case Expression.Field(VfmField field, int _) -> {
                if (!sound) {
                    add(fixed(field));
                } else {
                    add(VfmOpcode.IPV6_EXT, field.number());
                    if (field.isWide()) add(VfmOpcode.IPV6_EXT, VfmField.LOW + field.number());
                }
            }
            case Expression.Call call -> call(call);
        }
    }

    private void call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        LispOperator operator = call.operator();
        switch (operator) {
            case IF -> choice(arguments, false);
            case AND, OR, NOT -> {
                if (sound) truth(call);
                else if (operator == LispOperator.NOT) negated(arguments.getFirst());
                else lastValue(arguments, operator == LispOperator.AND ? VfmOpcode.JEQ : VfmOpcode.JNE);
            }
            default -> {
                if (operator.compares()) compare(call);
                else fold(call);
            }
        }
    }

    private void negated(Expression argument) {
        value(argument);
        add(VfmOpcode.PUSH, 0);
        add(VfmOpcode.EQ);
    }

    private void lastValue(List<Expression> arguments, VfmOpcode leave) {
        int end = label();
        for (int i = 0; i < arguments.size(); i++) {
            value(arguments.get(i));
            if (i == arguments.size() - 1) break;
            add(VfmOpcode.DUP);
            add(VfmOpcode.PUSH, 0);
            add(leave, end);
            add(VfmOpcode.POP);
        }
        bind(end);
    }

    private void compare(Expression.Call call) {
        int absent = label();
        int end = label();
        Set<VfmField> needed = new java.util.LinkedHashSet<>();
        if (sound) call.arguments().forEach(argument -> needed.addAll(argument.needed()));
        for (VfmField field : needed) jumpIfAbsent(field, absent);
        call.arguments().forEach(this::value);
        add(opcode(call));
        if (!needed.isEmpty()) otherwise(0, absent, end);
    }

    private void fold(Expression.Call call) {
        value(call.argument(0));
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            value(argument);
            add(opcode(call));
        }
    }

    private static VfmOpcode opcode(Expression.Call call) {
        VfmOpcode opcode = call.operator().opcode();
        return call.argument(0).isWide() ? VfmOpcode.valueOf(opcode.name() + "128") : opcode;
    }

    /** The load of a field at its place in an untagged frame. */
    private static VfmInstruction fixed(VfmField field) {
        return switch (field) {
            case PROTO -> VfmInstruction.of(VfmOpcode.LD8, 23);
            case SRC_IP, SRC_IP4 -> VfmInstruction.of(VfmOpcode.LD32, 26);
            case DST_IP, DST_IP4 -> VfmInstruction.of(VfmOpcode.LD32, 30);
            case ETHERTYPE, INNER_ETHERTYPE -> VfmInstruction.of(VfmOpcode.LD16, 12);
            case IP_LEN -> VfmInstruction.of(VfmOpcode.LD16, 16);
            case TCP_FLAGS -> VfmInstruction.of(VfmOpcode.LD8, 47);
            case IP_VERSION -> VfmInstruction.of(VfmOpcode.IP_VER);
            case SRC_IP6 -> VfmInstruction.of(VfmOpcode.LD128, 22);
            case DST_IP6 -> VfmInstruction.of(VfmOpcode.LD128, 38);
            case NEXT_HDR -> VfmInstruction.of(VfmOpcode.LD8, 20);
            case HOP_LIMIT -> VfmInstruction.of(VfmOpcode.LD8, 21);
            default -> VfmInstruction.of(VfmOpcode.IPV6_EXT, field.number());
        };
    }
}
