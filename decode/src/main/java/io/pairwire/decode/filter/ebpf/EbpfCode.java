package io.pairwire.decode.filter.ebpf;

import io.pairwire.capture.bpf.EbpfProgram;
import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;

/**
 * Writes blocks one behind the other. Values live on the stack, operands come to registers 1 and 2 and results go from register 0; all
 * arithmetic is that on 32 bits, which clears the upper half.
 */
final class EbpfCode {
    private final IrProgram program;
    private final Access access;
    private final Slots slots;
    private final Assembly code = new Assembly();
    private final int[] labels;
    private final int fail;

    EbpfCode(IrProgram program, Access access) {
        if (program.loops()) {
            throw new UnsupportedOperationException("the filter loops, and eBPF gets no loop from here");
        }
        this.program = program;
        this.access = access;
        slots = new Slots(program);
        labels = new int[program.blocks().size()];
        for (int i = 0; i < labels.length; i++) labels[i] = code.label();
        fail = code.label();
    }

    EbpfProgram emit() {
        access.begin(code);
        if (!slots.zeroAtStart().isEmpty()) code.immediate(Assembly.MOVE_64, 0, 0);
        slots.zeroAtStart().stream().forEach(register -> code.store(Assembly.FRAME, slots.offset(register), 0));
        boolean[] reached = new boolean[labels.length]; // the verifier takes no instruction that nobody reaches
        reached[0] = true;
        boolean fails = false;
        for (int i = 0; i < labels.length; i++) {
            if (!reached[i]) continue;
            code.bind(labels[i]);
            Block block = program.blocks().get(i);
            boolean ends = false;
            for (Operation operation : block.operations()) {
                fails |= operation instanceof Operation.Load
                        || operation instanceof Operation.Arithmetic a
                                && a.operator().divides();
                if (alwaysFails(operation)) {
                    code.jump(fail);
                    ends = true;
                    break;
                }
                add(operation);
            }
            if (ends) continue;
            for (int next : block.successors()) reached[next] = true;
            end(block.end(), i, reached);
        }
        if (fails) {
            code.bind(fail);
            access.refuse(code);
        }
        return code.placed();
    }

    private static boolean alwaysFails(Operation operation) {
        return operation instanceof Operation.Arithmetic(int _, Operator operator, Operand _, Operand right)
                && operator.divides()
                && right instanceof Operand.Constant(int divisor)
                && divisor == 0;
    }

    private void fetch(Operand operand, int register) {
        switch (operand) {
            case Operand.Constant(int value) -> code.immediate(Assembly.MOVE_32, register, value);
            case Operand.Register(int number) ->
                code.load(Assembly.LOAD_WORD, register, Assembly.FRAME, slots.offset(number));
        }
    }

    private void add(Operation operation) {
        switch (operation) {
            case Operation.Move(int _, Operand source) -> fetch(source, 0);
            case Operation.Length _ -> access.length(code);
            case Operation.Load load -> {
                fetch(load.base(), 1);
                if (load.offset() != 0) {
                    code.immediate(Assembly.MOVE_32, 2, load.offset());
                    code.register(Assembly.ADD_64, 1, 2); // both have 32 bits, so this does not wrap
                }
                access.load(code, load.width(), fail);
            }
            case Operation.Arithmetic(int _, Operator operator, Operand left, Operand right) ->
                compute(operator, left, right);
        }
        code.store(Assembly.FRAME, slots.offset(operation.target()), 0);
    }

    private void compute(Operator operator, Operand left, Operand right) {
        fetch(right, 2);
        fetch(left, 0);
        if (operator.divides()) code.jumpIf(Assembly.EQUAL_32, 2, 0, fail);
        boolean shifts = operator == Operator.SHIFT_LEFT || operator == Operator.SHIFT_RIGHT;
        if (!shifts) {
            code.register(arithmetic(operator), 0, 2);
            return;
        }
        int tooFar = code.label();
        int done = code.label();
        code.jumpIf(Assembly.GREATER_32, 2, 31, tooFar);
        code.register(arithmetic(operator), 0, 2);
        code.jump(done);
        code.bind(tooFar);
        code.immediate(Assembly.MOVE_32, 0, 0);
        code.bind(done);
    }

    private static int arithmetic(Operator operator) {
        return switch (operator) {
            case ADD -> 0x04;
            case SUBTRACT -> 0x14;
            case MULTIPLY -> 0x24;
            case DIVIDE -> 0x34;
            case OR -> 0x44;
            case AND -> 0x54;
            case SHIFT_LEFT -> 0x64;
            case SHIFT_RIGHT -> 0x74;
            case REMAINDER -> 0x94;
            case XOR -> 0xa4;
        };
    }

    private void end(Terminator end, int block, boolean[] reached) {
        switch (end) {
            case Terminator.Return(Operand value) -> {
                fetch(value, 0);
                access.end(code);
            }
            case Terminator.Jump(int next) -> jump(next, block, reached);
            case Terminator.Branch b -> {
                fetch(b.left(), 1);
                int jump = switch (b.comparison()) {
                    case EQUAL -> Assembly.EQUAL_32;
                    case GREATER -> Assembly.GREATER_32;
                    case GREATER_OR_EQUAL -> 0x36;
                    case COMMON_BITS -> 0x46;
                };
                if (b.right() instanceof Operand.Constant(int value)) {
                    code.jumpIf(jump, 1, value, labels[b.ifTrue()]);
                } else {
                    fetch(b.right(), 2);
                    code.jumpIfRegister(jump, 1, 2, labels[b.ifTrue()]);
                }
                jump(b.ifFalse(), block, reached);
            }
        }
    }

    /** Nothing is written for a jump to the block that is written next. */
    private void jump(int next, int block, boolean[] reached) {
        int following = block + 1;
        while (following < reached.length && !reached[following]) following++;
        if (next != following) code.jump(labels[next]);
    }
}
