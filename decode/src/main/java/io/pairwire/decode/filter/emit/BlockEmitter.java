package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import io.pairwire.decode.filter.ir.Width;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the blocks of one program into a method: locals 0 memory, 1 and 2 start, 3 captured, 4 original, 5 ways back left, from
 * 6 the registers.
 *
 * <p>Loads at fixed places are checked once a block, at its start: whichever of them fails, the answer is 0. A check that was
 * made on every way to a block, at least as far, is not made again.
 */
final class BlockEmitter {
    private static final int MEMORY = 0;
    private static final int START = 1;
    private static final int CAPTURED = 3;
    private static final int ORIGINAL = 4;
    private static final int WAYS_BACK = 5;
    private static final int REGISTERS = 6;

    private static final ClassDesc LOADS = Loads.class.describeConstable().orElseThrow();
    private static final ClassDesc SEGMENT =
            MemorySegment.class.describeConstable().orElseThrow();
    private static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final MethodTypeDesc TWO_INTS = MethodTypeDesc.of(INT, INT, INT);
    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(INT, SEGMENT, LONG);
    private static final MethodTypeDesc PLACE = MethodTypeDesc.of(LONG, LONG, INT, LONG);
    private static final MethodTypeDesc OUTSIDE = MethodTypeDesc.of(ConstantDescs.CD_boolean, INT, LONG, INT);

    private final List<Block> blocks;
    private final IrProgram program;
    private final CodeBuilder code;
    private final Label[] labels;
    private final Label fail;

    BlockEmitter(IrProgram program, CodeBuilder code) {
        this.program = program;
        this.code = code;
        blocks = program.blocks();
        labels = new Label[blocks.size()];
        Arrays.setAll(labels, _ -> code.newLabel());
        fail = code.newLabel();
    }

    void emit() {
        boolean loops = program.loops();
        if (loops) code.loadConstant(IrProgram.MOST_WAYS_BACK).istore(WAYS_BACK);
        for (int r = 0; r < program.registers(); r++)
            if (isReadUnwritten(r)) code.iconst_0().istore(REGISTERS + r);
        long[] checked = loops ? new long[blocks.size()] : checkedBefore();
        for (int i = 0; i < blocks.size(); i++) {
            code.labelBinding(labels[i]);
            long end = furthest(blocks.get(i));
            if (end > checked[i]) check(end);
            blocks.get(i).operations().forEach(this::emit);
            emit(blocks.get(i).end(), i);
        }
        code.labelBinding(fail).iconst_0().ireturn();
    }

    /** A register that is written where it is first seen in every block needs no first value; all others get one. */
    private boolean isReadUnwritten(int register) {
        var asOperand = new Operand.Register(register);
        for (Block block : blocks) {
            boolean written = false;
            for (Operation operation : block.operations()) {
                if (!written && operation.reads().contains(asOperand)) return true;
                written |= operation.target() == register;
            }
            if (!written && block.end().reads().contains(asOperand)) return true;
        }
        return false;
    }

    /** How far every way to a block has checked already, bytes. */
    private long[] checkedBefore() {
        long[] checked = new long[blocks.size()];
        Arrays.fill(checked, Long.MAX_VALUE);
        checked[0] = 0;
        for (int i = 0; i < checked.length; i++) {
            if (checked[i] == Long.MAX_VALUE) continue; // cannot be reached
            long after = Math.max(checked[i], furthest(blocks.get(i)));
            for (int next : blocks.get(i).successors()) checked[next] = Math.min(checked[next], after);
        }
        return checked;
    }

    private static long furthest(Block block) {
        long end = 0;
        for (Operation operation : block.operations()) {
            if (operation instanceof Operation.Load load && load.isFixed()) end = Math.max(end, load.end());
        }
        return end;
    }

    private void check(long end) {
        if (end > Integer.MAX_VALUE) code.iconst_0().ifeq(fail); // no packet is that long
        else code.iload(CAPTURED).loadConstant((int) end).if_icmplt(fail);
    }

    private void emit(Operation operation) {
        switch (operation) {
            case Operation.Move(int _, Operand source) -> push(source);
            case Operation.Length _ -> code.iload(ORIGINAL);
            case Operation.Load load -> emit(load);
            case Operation.Arithmetic(int _, Operator operator, Operand left, Operand right) ->
                emit(operator, left, right);
        }
        code.istore(REGISTERS + operation.target());
    }

    private void emit(Operation.Load load) {
        long offset = load.offset() & 0xffff_ffffL;
        if (load.isFixed()) {
            code.aload(MEMORY)
                    .lload(START)
                    .loadConstant(load.end() - load.width().bytes())
                    .ladd();
        } else {
            push(load.base());
            code.loadConstant(offset + load.width().bytes()).iload(CAPTURED);
            code.invokestatic(LOADS, "isOutside", OUTSIDE).ifne(fail);
            code.aload(MEMORY).lload(START);
            push(load.base());
            code.loadConstant(offset).invokestatic(LOADS, "place", PLACE);
        }
        code.invokestatic(LOADS, name(load.width()), LOAD);
    }

    private static String name(Width width) {
        return switch (width) {
            case BYTE -> "u8";
            case HALF -> "u16";
            case WORD -> "u32";
        };
    }

    private void emit(Operator operator, Operand left, Operand right) {
        if (operator.divides() && !(right instanceof Operand.Constant(int divisor) && divisor != 0)) {
            push(right);
            code.ifeq(fail);
        }
        push(left);
        push(right);
        switch (operator) {
            case ADD -> code.iadd();
            case SUBTRACT -> code.isub();
            case MULTIPLY -> code.imul();
            case DIVIDE -> code.invokestatic(INTEGER, "divideUnsigned", TWO_INTS);
            case REMAINDER -> code.invokestatic(INTEGER, "remainderUnsigned", TWO_INTS);
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case SHIFT_LEFT -> code.invokestatic(LOADS, "shiftLeft", TWO_INTS);
            case SHIFT_RIGHT -> code.invokestatic(LOADS, "shiftRight", TWO_INTS);
        }
    }

    private void emit(Terminator end, int block) {
        switch (end) {
            case Terminator.Return(Operand value) -> {
                push(value);
                code.ireturn();
            }
            case Terminator.Jump(int next) -> jump(next, block);
            case Terminator.Branch b -> {
                Label onTrue = b.ifTrue() > block ? labels[b.ifTrue()] : code.newLabel();
                push(b.left());
                push(b.right());
                switch (b.comparison()) {
                    case EQUAL -> code.if_icmpeq(onTrue);
                    case GREATER -> compareUnsigned().ifgt(onTrue);
                    case GREATER_OR_EQUAL -> compareUnsigned().ifge(onTrue);
                    case COMMON_BITS -> code.iand().ifne(onTrue);
                }
                jump(b.ifFalse(), block);
                if (b.ifTrue() <= block) {
                    code.labelBinding(onTrue);
                    jump(b.ifTrue(), block);
                }
            }
        }
    }

    private CodeBuilder compareUnsigned() {
        return code.invokestatic(INTEGER, "compareUnsigned", TWO_INTS);
    }

    /** A way back is counted down; when none is left the answer is 0. */
    private void jump(int next, int block) {
        if (next == block + 1 && !isLastWithTurn(block)) return;
        if (next <= block) code.iload(WAYS_BACK).ifeq(fail).iinc(WAYS_BACK, -1);
        code.goto_(labels[next]);
    }

    /** Does code of this block follow behind the jump for false? */
    private boolean isLastWithTurn(int block) {
        return blocks.get(block).end() instanceof Terminator.Branch b && b.ifTrue() <= block;
    }

    private void push(Operand operand) {
        switch (operand) {
            case Operand.Register(int number) -> code.iload(REGISTERS + number);
            case Operand.Constant(int value) -> code.loadConstant(value);
        }
    }
}
