package io.pairwire.decode.filter.bpf;

import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import io.pairwire.decode.filter.ir.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a program as classic BPF for a kernel.
 *
 * <p>A register lives in a word of scratch memory from where it is written first to where it is read last; what is in A is remembered
 * through a block, and into the next if it is the same on all ways there, so that it is not fetched again. Blocks keep their order, so all jumps go forward; one that is
 * too far for eight bits goes over a {@code ja} behind it.
 */
public final class BpfEmitter {
    private static final int NONE = -1;
    private static final int UNKNOWN = -2;

    private final IrProgram program;
    private final Scratch scratch;
    private final List<List<BpfInstruction>> bodies = new ArrayList<>();
    private int inA = NONE;

    private BpfEmitter(IrProgram program) {
        this.program = program;
        scratch = new Scratch(program);
    }

    /** @throws UnsupportedOperationException saying what classic BPF, as a kernel takes it, cannot express */
    public static BpfProgram emit(IrProgram program) {
        if (program.loops())
            throw new UnsupportedOperationException("the filter loops (protochain), and a kernel takes no loop");
        BpfProgram emitted = new BpfEmitter(program).emit();
        String objection = emitted.kernelObjection();
        if (!objection.isEmpty()) throw new UnsupportedOperationException(objection);
        return emitted;
    }

    private BpfProgram emit() {
        List<Block> blocks = program.blocks();
        int[] before = new int[blocks.size()]; // what is in A where a block begins
        Arrays.fill(before, UNKNOWN);
        before[0] = NONE;
        for (int i = 0; i < before.length; i++) {
            Block block = blocks.get(i);
            inA = before[i] == UNKNOWN ? NONE : before[i];
            var body = new ArrayList<BpfInstruction>();
            for (Operation operation : block.operations()) add(operation, body);
            switch (block.end()) {
                case Terminator.Return(Operand value) -> {
                    if (value instanceof Operand.Register) toA(value, body);
                }
                case Terminator.Branch b -> {
                    toX(b.right(), body);
                    toA(b.left(), body);
                }
                case Terminator.Jump _ -> {}
            }
            for (int next : block.successors()) {
                before[next] = before[next] == UNKNOWN || before[next] == inA ? inA : NONE;
            }
            bodies.add(body);
        }
        return new BpfProgram(new Jumps(program.blocks(), bodies).placed());
    }

    private void add(Operation operation, List<BpfInstruction> body) {
        switch (operation) {
            case Operation.Move(int _, Operand source) -> toA(source, body);
            case Operation.Length _ -> body.add(BpfInstruction.of(Bpf.LD | Bpf.LEN, 0));
            case Operation.Load load -> {
                int size = size(load.width());
                if (load.isFixed() && load.end() - load.width().bytes() <= 0xffff_ffffL) {
                    int place = (int) (load.end() - load.width().bytes());
                    body.add(BpfInstruction.of(Bpf.LD | size | Bpf.ABS, place));
                } else {
                    toX(load.base(), body);
                    if (load.base() instanceof Operand.Constant(int base)) {
                        body.add(BpfInstruction.of(Bpf.LDX | Bpf.IMM, base));
                    }
                    body.add(BpfInstruction.of(Bpf.LD | size | Bpf.IND, load.offset()));
                }
            }
            case Operation.Arithmetic arithmetic -> compute(arithmetic, body);
        }
        int target = operation.target();
        if (scratch.isRead(target)) body.add(BpfInstruction.of(Bpf.ST, scratch.word(target)));
        inA = target;
    }

    private void compute(Operation.Arithmetic arithmetic, List<BpfInstruction> body) {
        Operator operator = arithmetic.operator();
        if (operator.divides() && arithmetic.right() instanceof Operand.Constant(int divisor) && divisor == 0) {
            toX(new Operand.Constant(0), body);
            body.add(BpfInstruction.of(Bpf.LDX | Bpf.IMM, 0));
            toA(arithmetic.left(), body);
            body.add(BpfInstruction.of(Bpf.ALU | code(operator) | Bpf.X, 0));
            return;
        }
        boolean shift = operator == Operator.SHIFT_LEFT || operator == Operator.SHIFT_RIGHT;
        if (shift && arithmetic.right() instanceof Operand.Constant(int by) && (by < 0 || by > 31)) {
            body.add(BpfInstruction.of(Bpf.LD | Bpf.IMM, 0)); // a kernel would refuse the shift
            return;
        }
        if (shift && arithmetic.right() instanceof Operand.Register) {
            throw new UnsupportedOperationException(
                    "the filter shifts by a number from the packet, on which kernels differ from 32 on");
        }
        toX(arithmetic.right(), body);
        toA(arithmetic.left(), body);
        int code = Bpf.ALU | code(operator);
        if (arithmetic.right() instanceof Operand.Constant(int right)) body.add(BpfInstruction.of(code, right));
        else body.add(BpfInstruction.of(code | Bpf.X, 0));
    }

    /** A constant is left to the instruction that uses it. */
    private void toX(Operand operand, List<BpfInstruction> body) {
        if (operand instanceof Operand.Register(int number)) {
            if (inA == number) body.add(BpfInstruction.of(Bpf.MISC | Bpf.TAX, 0));
            else body.add(fetch(Bpf.LDX, number));
        }
    }

    private void toA(Operand operand, List<BpfInstruction> body) {
        switch (operand) {
            case Operand.Constant(int value) -> body.add(BpfInstruction.of(Bpf.LD | Bpf.IMM, value));
            case Operand.Register(int number) -> {
                if (inA == number) return;
                body.add(fetch(Bpf.LD, number));
                inA = number;
            }
        }
    }

    /** A register that nobody writes is zero. */
    private BpfInstruction fetch(int into, int number) {
        return scratch.isWritten(number)
                ? BpfInstruction.of(into | Bpf.MEM, scratch.word(number))
                : BpfInstruction.of(into | Bpf.IMM, 0);
    }

    private static int size(Width width) {
        return switch (width) {
            case BYTE -> Bpf.B;
            case HALF -> Bpf.H;
            case WORD -> Bpf.W;
        };
    }

    private static int code(Operator operator) {
        return switch (operator) {
            case ADD -> Bpf.ADD;
            case SUBTRACT -> Bpf.SUB;
            case MULTIPLY -> Bpf.MUL;
            case DIVIDE -> Bpf.DIV;
            case REMAINDER -> Bpf.MOD;
            case AND -> Bpf.AND;
            case OR -> Bpf.OR;
            case XOR -> Bpf.XOR;
            case SHIFT_LEFT -> Bpf.LSH;
            case SHIFT_RIGHT -> Bpf.RSH;
        };
    }

    static int code(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> Bpf.JEQ;
            case GREATER -> Bpf.JGT;
            case GREATER_OR_EQUAL -> Bpf.JGE;
            case COMMON_BITS -> Bpf.JSET;
        };
    }
}
