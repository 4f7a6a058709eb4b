package io.pairwire.decode.filter.ebpf;

import io.pairwire.capture.bpf.EbpfInstruction;
import io.pairwire.capture.bpf.EbpfProgram;
import java.util.ArrayList;
import java.util.List;

/** Instructions under way; a jump is written with the number of a label and gets its distance at the end. */
final class Assembly {
    static final int FRAME = 10;

    static final int LOAD_IMMEDIATE_64 = 0x18;
    static final int LOAD_WORD = 0x61;
    static final int LOAD_HALF = 0x69;
    static final int LOAD_BYTE = 0x71;
    static final int STORE_WORD = 0x63;
    static final int ADD_64 = 0x07;
    static final int SUBTRACT_64 = 0x17;
    static final int MOVE_64 = 0xb7;
    static final int MOVE_32 = 0xb4;
    static final int TO_BIG_ENDIAN = 0xdc;
    static final int GREATER_64 = 0x25;
    static final int EQUAL_32 = 0x16;
    static final int GREATER_32 = 0x26;
    static final int CALL = 0x85;
    /** Added to a code: the right operand is a register. */
    static final int FROM_REGISTER = 0x08;

    private static final int JUMP = 0x05;
    private static final int EXIT = 0x95;
    private static final int NO_LABEL = -1;

    private record Step(EbpfInstruction instruction, int label) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    int label() {
        labels.add(NO_LABEL);
        return labels.size() - 1;
    }

    void bind(int label) {
        labels.set(label, steps.size());
    }

    private void add(int code, int destination, int source, int offset, int immediate, int label) {
        if (steps.size() >= EbpfProgram.LONGEST) {
            throw new UnsupportedOperationException(
                    "the filter needs more than " + EbpfProgram.LONGEST + " instructions of eBPF");
        }
        steps.add(new Step(new EbpfInstruction(code, destination, source, offset, immediate), label));
    }

    /** {@code register = register op immediate}. */
    void immediate(int code, int register, int immediate) {
        add(code, register, 0, 0, immediate, NO_LABEL);
    }

    /** {@code register = register op source}. */
    void register(int code, int register, int source) {
        add(code | FROM_REGISTER, register, source, 0, 0, NO_LABEL);
    }

    /** {@code register = [base + offset]}. */
    void load(int code, int register, int base, int offset) {
        add(code, register, base, offset, 0, NO_LABEL);
    }

    /** {@code [base + offset] = register}. */
    void store(int base, int offset, int register) {
        add(STORE_WORD, base, register, offset, 0, NO_LABEL);
    }

    void packetLoad(int code, int source) {
        add(code, 0, source, 0, 0, NO_LABEL);
    }

    /** The map of a descriptor, into a register. */
    void map(int register, int descriptor) {
        add(LOAD_IMMEDIATE_64, register, 1, 0, descriptor, NO_LABEL);
        add(0, 0, 0, 0, 0, NO_LABEL);
    }

    void jumpIf(int code, int register, int immediate, int label) {
        add(code, register, 0, 0, immediate, label);
    }

    void jumpIfRegister(int code, int register, int source, int label) {
        add(code | FROM_REGISTER, register, source, 0, 0, label);
    }

    void jump(int label) {
        add(JUMP, 0, 0, 0, 0, label);
    }

    void call(int function) {
        add(CALL, 0, 0, 0, function, NO_LABEL);
    }

    void exit() {
        add(EXIT, 0, 0, 0, 0, NO_LABEL);
    }

    EbpfProgram placed() {
        var instructions = new ArrayList<EbpfInstruction>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            EbpfInstruction step = steps.get(i).instruction();
            int label = steps.get(i).label();
            int distance = label == NO_LABEL ? step.offset() : labels.get(label) - i - 1;
            instructions.add(
                    new EbpfInstruction(step.code(), step.destination(), step.source(), distance, step.immediate()));
        }
        return new EbpfProgram(instructions);
    }
}
