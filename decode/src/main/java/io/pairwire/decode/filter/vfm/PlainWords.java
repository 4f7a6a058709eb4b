package io.pairwire.decode.filter.vfm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Says in words what a program asks of a packet: every stretch without a jump is one paragraph, in which the stack has become
 * expressions. Its number is that of its first instruction.
 */
public final class PlainWords {
    /** A longer expression gets a name, so that a program that doubles numbers cannot double words. */
    private static final int LONGEST = 120;

    private static final String FIRST = "A load outside the packet and a division by zero refuse it.\n";
    private static final String LOOPS =
            "So does the end of " + VfmProgram.BUDGET + " instructions, since it may loop.\n";

    private final VfmProgram program;
    private final StringBuilder text = new StringBuilder();
    private Deque<Value> stack = new ArrayDeque<>();
    private int named;

    /** What lies on the stack; {@code isAnswer} if it is 0 or 1 and is said as a sentence. */
    private record Value(String words, boolean isAnswer) {
        static Value of(String words) {
            return new Value(words, false);
        }

        static Value of(long number) {
            boolean small = number >= 0 && number < 1024;
            return of(small ? String.valueOf(number) : "0x" + Long.toHexString(number));
        }

        boolean is(int number) {
            return words.equals(String.valueOf(number));
        }

        String inside() {
            return words.contains(" ") && !words.matches("bytes? [\\d-]+") ? "(" + words + ")" : words;
        }
    }

    private PlainWords(VfmProgram program) {
        this.program = program;
    }

    /** A paragraph for each stretch that a way leads to. */
    public static String of(VfmProgram program) {
        var words = new PlainWords(program);
        words.text.append(FIRST);
        if (program.loops()) words.text.append(LOOPS);
        words.tell();
        return words.text.toString();
    }

    private void tell() {
        List<VfmInstruction> instructions = program.instructions();
        int[] depths = VfmVerifier.depths(instructions);
        var starts = new BitSet();
        for (int i = 0; i < depths.length; i++) {
            VfmOpcode opcode = instructions.get(i).opcode();
            if (opcode.jumps()) starts.set((int) instructions.get(i).operand());
            if (opcode.jumps() || opcode == VfmOpcode.RET) starts.set(i + 1);
        }
        boolean fallsIn = false; // does the stretch before lead into this one?
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] < 0) continue;
            if (i == 0 || starts.get(i)) {
                if (fallsIn && !instructions.get(i - 1).opcode().jumps()) left();
                text.append(i).append(":\n");
                stack = entered(depths[i]);
            }
            VfmInstruction instruction = instructions.get(i);
            tell(instruction);
            fallsIn = instruction.opcode() != VfmOpcode.JMP && instruction.opcode() != VfmOpcode.RET;
        }
    }

    private static Deque<Value> entered(int depth) {
        var values = new ArrayDeque<Value>();
        for (int i = 1; i <= depth; i++) values.push(Value.of("s" + i));
        return values;
    }

    private void line(String words) {
        text.append("  ").append(words).append('\n');
    }

    /** What this stretch leaves on the stack for the next, from the bottom. */
    private void left() {
        var values = new ArrayList<>(stack);
        Collections.reverse(values);
        for (int i = 0; i < values.size(); i++) {
            String name = "s" + (i + 1);
            if (!values.get(i).words().equals(name))
                line(name + " is now: " + values.get(i).words());
        }
    }

    private void push(Value value) {
        if (value.words().length() <= LONGEST) {
            stack.push(value);
            return;
        }
        String name = "v" + ++named;
        line("let " + name + " be: " + value.words());
        stack.push(new Value(name, value.isAnswer()));
    }

    private Value popWide() {
        String low = stack.pop().inside();
        return Value.of(stack.pop().inside() + " with " + low);
    }

    private void tell(VfmInstruction instruction) {
        VfmOpcode opcode = instruction.opcode();
        switch (opcode) {
            case LD8 -> push(bytes(instruction.operand(), 1));
            case LD16 -> push(bytes(instruction.operand(), 2));
            case LD32 -> push(bytes(instruction.operand(), 4));
            case LD64 -> push(bytes(instruction.operand(), 8));
            case LD128 -> {
                push(bytes(instruction.operand(), 8));
                push(bytes(instruction.operand() + 8, 8));
            }
            case PUSH -> push(Value.of(instruction.operand()));
            case PUSH128 -> {
                push(Value.of(instruction.operand()));
                push(Value.of(instruction.low()));
            }
            case POP -> stack.pop();
            case DUP -> stack.push(stack.element());
            case SWAP -> {
                Value top = stack.pop();
                Value below = stack.pop();
                stack.push(top);
                stack.push(below);
            }
            case CSUM, PARSE -> push(Value.of(1));
            case NOT -> push(Value.of("~" + stack.pop().inside()));
            case NEG -> push(Value.of("-" + stack.pop().inside()));
            case ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, SHL, SHR -> {
                Value right = stack.pop();
                push(Value.of(stack.pop().inside() + " " + symbol(opcode) + " " + right.inside()));
            }
            case EQ, NE, GT, LT, GE, LE -> {
                Value right = stack.pop();
                push(new Value(compared(stack.pop(), opcode.name(), right), true));
            }
            case EQ128, NE128, GT128, LT128, GE128, LE128 -> {
                Value right = popWide();
                push(new Value(compared(popWide(), opcode.name(), right), true));
            }
            case AND128, OR128, XOR128 -> wide(symbol(opcode));
            case IP_VER -> push(Value.of("ip-version"));
            case IPV6_EXT -> push(field((int) instruction.operand()));
            case HASH5 -> push(Value.of("hash of the IPv4 flow"));
            case HASH6 -> push(Value.of("hash of the IPv6 flow"));
            case FLOW_LOAD -> {
                String name = "v" + ++named; // it is looked up here, whatever is remembered later
                line("let " + name + " be what is remembered for " + stack.pop().inside() + ", 0 if nothing is");
                stack.push(Value.of(name));
            }
            case FLOW_STORE -> {
                Value value = stack.pop();
                line("remember " + value.inside() + " for " + stack.pop().inside());
            }
            case JMP -> {
                left();
                line("go on with " + instruction.operand());
            }
            case JEQ, JNE, JGT, JLT, JGE, JLE -> {
                Value right = stack.pop();
                jump(compared(stack.pop(), opcode.name().substring(1), right), instruction.operand());
            }
            case JEQ128, JNE128, JGT128, JLT128, JGE128, JLE128 -> {
                Value right = popWide();
                jump(compared(popWide(), opcode.name().substring(1), right), instruction.operand());
            }
            case RET -> line(answer(stack.pop()));
        }
    }

    private void wide(String symbol) {
        Value rightLow = stack.pop();
        Value rightHigh = stack.pop();
        Value leftLow = stack.pop();
        Value leftHigh = stack.pop();
        push(Value.of(leftHigh.inside() + " " + symbol + " " + rightHigh.inside()));
        push(Value.of(leftLow.inside() + " " + symbol + " " + rightLow.inside()));
    }

    private void jump(String question, long target) {
        left();
        line("if " + question + ": go on with " + target);
    }

    private static String answer(Value value) {
        if (value.isAnswer()) return "accept if " + value.words() + ", refuse otherwise";
        if (value.is(0)) return "refuse";
        if (value.words().matches("\\d{1,4}")) return "accept";
        return "accept if the low 32 bits of " + value.inside() + ", with a sign, are positive; refuse otherwise";
    }

    private static Value bytes(long at, int count) {
        return Value.of(count == 1 ? "byte " + at : "bytes " + at + "-" + (at + count - 1));
    }

    private static Value field(int operand) {
        int number = operand & VfmField.LOW - 1;
        if (number >= VfmField.count()) return Value.of(0);
        String name = VfmField.of(number).word();
        if (operand >= VfmField.PRESENT) return new Value("there is " + name, true);
        return Value.of(operand >= VfmField.LOW ? "low-half-of-" + name : name);
    }

    private static String symbol(VfmOpcode opcode) {
        return switch (opcode) {
            case ADD -> "+";
            case SUB -> "-";
            case MUL -> "*";
            case DIV -> "/";
            case MOD -> "%";
            case AND, AND128 -> "&";
            case OR, OR128 -> "|";
            case XOR, XOR128 -> "^";
            case SHL -> "<<";
            case SHR -> ">>";
            default -> throw new IllegalStateException(opcode + " computes nothing");
        };
    }

    /** The sentence for a comparison by the name of its opcode, which may have a number behind it. */
    private static String compared(Value left, String comparison, Value right) {
        boolean equal = comparison.startsWith("EQ");
        if (left.isAnswer() && right.is(0) && (equal || comparison.startsWith("NE"))) {
            return equal ? "not (" + left.words() + ")" : left.words();
        }
        String verb = switch (comparison.substring(0, 2)) {
            case "EQ" -> " is ";
            case "NE" -> " is not ";
            case "GT" -> " is greater than ";
            case "LT" -> " is less than ";
            case "GE" -> " is at least ";
            default -> " is at most ";
        };
        return left.inside() + verb + right.inside();
    }
}
