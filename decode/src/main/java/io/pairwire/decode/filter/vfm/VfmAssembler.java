package io.pairwire.decode.filter.vfm;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.text.Suggestion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads assembler text: labels, mnemonics in capitals, numbers in decimal or behind {@code 0x}, comments behind {@code ;}.
 *
 * <p>In {@link VfmMode#SOUND} {@code RET n} stands for {@code PUSH n} and {@code RET}, as the documents of VFM write it, and a jump
 * may go back by a number of bytes; in the other modes both are refused, as VFM's own assembler does.
 */
public final class VfmAssembler {
    /** A longer text is no program. */
    private static final int LONGEST = 1 << 20;

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger TWO_TO_128 = BigInteger.ONE.shiftLeft(128);
    private static final List<String> MNEMONICS = Arrays.stream(VfmOpcode.values())
            .map(opcode -> opcode.name().toLowerCase(java.util.Locale.ROOT))
            .toList();

    private final String text;
    private final VfmMode mode;
    private final List<VfmInstruction> instructions = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private int at;

    /** A jump whose target is not known yet; {@code column} is that of its operand. */
    private record Reference(int instruction, String target, int column) {}

    private VfmAssembler(String text, VfmMode mode) {
        this.text = text;
        this.mode = mode;
    }

    /**
     * The program of a text.
     *
     * @throws FilterSyntaxException if the text is no program
     * @throws IllegalArgumentException if the program breaks a rule
     */
    public static VfmProgram assemble(String text, VfmMode mode) {
        if (text.length() > LONGEST) {
            throw new FilterSyntaxException("the program has more than " + LONGEST + " characters", "", 1);
        }
        return new VfmProgram(new VfmAssembler(text, mode).read());
    }

    private List<VfmInstruction> read() {
        while (skipBlanks()) {
            int column = at + 1;
            String word = word();
            if (word.isEmpty() || !isStart(word.charAt(0))) {
                throw error("an instruction or a label was expected", column);
            }
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                if (labels.putIfAbsent(word, instructions.size()) != null) {
                    throw error("the label \"" + word + "\" is there twice", column);
                }
                continue;
            }
            VfmOpcode opcode = VfmOpcode.of(word)
                    .orElseThrow(() ->
                            error("unknown instruction \"" + word + "\"" + Suggestion.of(word, MNEMONICS), column));
            instruction(opcode, column);
            if (instructions.size() > VfmProgram.MOST_INSTRUCTIONS) {
                throw error("more than " + VfmProgram.MOST_INSTRUCTIONS + " instructions", column);
            }
        }
        references.forEach(this::resolve);
        return instructions;
    }

    private void instruction(VfmOpcode opcode, int column) {
        switch (opcode.kind()) {
            case NONE -> {
                if (opcode == VfmOpcode.RET && mode == VfmMode.SOUND && isNumberNext()) {
                    instructions.add(
                            VfmInstruction.of(VfmOpcode.PUSH, number(TWO_TO_64).longValue()));
                }
                instructions.add(VfmInstruction.of(opcode));
            }
            case OFFSET, FIELD -> {
                int most = opcode.kind() == VfmOpcode.Kind.FIELD ? 0x100 : 0x1_0000;
                BigInteger operand = number(BigInteger.valueOf(most));
                if (operand.signum() < 0) throw error("the operand of " + opcode + " is negative", column);
                instructions.add(VfmInstruction.of(opcode, operand.longValue()));
            }
            case NUMBER ->
                instructions.add(VfmInstruction.of(opcode, number(TWO_TO_64).longValue()));
            case WIDE -> {
                BigInteger operand = number(TWO_TO_128);
                instructions.add(
                        new VfmInstruction(opcode, operand.shiftRight(64).longValue(), operand.longValue()));
            }
            case JUMP -> {
                skipBlanks();
                int operandColumn = at + 1;
                references.add(new Reference(instructions.size(), word(), operandColumn));
                instructions.add(VfmInstruction.of(opcode));
            }
        }
    }

    private void resolve(Reference reference) {
        String target = reference.target();
        VfmInstruction jump = instructions.get(reference.instruction());
        int column = reference.column();
        int index;
        if (!target.isEmpty() && isStart(target.charAt(0))) {
            Integer label = labels.get(target);
            if (label == null) {
                throw error("unknown label \"" + target + "\"" + Suggestion.of(target, labels.keySet()), column);
            }
            index = label;
        } else {
            index = distant(reference);
        }
        if (index < 0 || index >= instructions.size()) {
            throw error("the jump does not land on an instruction", column);
        }
        instructions.set(reference.instruction(), VfmInstruction.of(jump.opcode(), index));
    }

    /** The instruction that lies so many bytes behind the next one; negative if there is none. */
    private int distant(Reference reference) {
        at = reference.column() - 1;
        int distance = number(BigInteger.valueOf(0x1_0000)).intValue();
        if (distance < 0 && mode != VfmMode.SOUND) {
            throw error("a jump back needs a label in " + mode, reference.column());
        }
        int[] starts = VfmBytecode.starts(instructions);
        return Arrays.binarySearch(starts, starts[reference.instruction() + 1] + (short) distance);
    }

    private boolean isNumberNext() {
        return skipBlanks() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-');
    }

    /** A number below {@code end}, or above its negative. */
    private BigInteger number(BigInteger end) {
        skipBlanks();
        int column = at + 1;
        String word = word();
        boolean negative = word.startsWith("-");
        String digits = negative ? word.substring(1) : word;
        boolean hex = !negative && (digits.startsWith("0x") || digits.startsWith("0X"));
        if (hex) digits = digits.substring(2);
        if (digits.isEmpty() || digits.length() > 40 || !digits.matches(hex ? "[0-9a-fA-F]+" : "[0-9]+")) {
            throw error("a number was expected" + (word.isEmpty() ? "" : ", not \"" + word + "\""), column);
        }
        BigInteger value = new BigInteger(digits, hex ? 16 : 10);
        if (value.compareTo(end) >= 0) {
            throw error("the number does not fit into " + (end.bitLength() - 1) + " bits", column);
        }
        return negative ? value.negate() : value;
    }

    /** Letters, digits and signs from here on; at least one character unless the text ends here. */
    private String word() {
        int from = at;
        while (at < text.length() && isPart(text.charAt(at))) at++;
        if (from == at && at < text.length()) at++;
        return text.substring(from, at);
    }

    private static boolean isStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isPart(char c) {
        return isStart(c) || c >= '0' && c <= '9' || c == '-';
    }

    /** Past blanks and comments; is anything left? */
    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                while (at < text.length() && text.charAt(at) != '\n') at++;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private FilterSyntaxException error(String reason, int column) {
        long line =
                1 + text.substring(0, column - 1).chars().filter(c -> c == '\n').count();
        return new FilterSyntaxException("line " + line + ": " + reason, text, column);
    }
}
