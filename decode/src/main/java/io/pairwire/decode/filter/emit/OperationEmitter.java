package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Width;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;

/**
 * Writes operations into a method.
 *
 * <p>Loads at fixed places are not checked here: who writes a block checks once how far they all go, see {@link #check}.
 */
final class OperationEmitter {
    private static final ClassDesc LOADS = Loads.class.describeConstable().orElseThrow();
    private static final ClassDesc SEGMENT =
            MemorySegment.class.describeConstable().orElseThrow();
    private static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final MethodTypeDesc TWO_INTS = MethodTypeDesc.of(INT, INT, INT);
    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(INT, SEGMENT, LONG);
    private static final MethodTypeDesc OPEN = MethodTypeDesc.of(LONG, SEGMENT, LONG);
    private static final MethodTypeDesc PLACE = MethodTypeDesc.of(LONG, LONG, INT, LONG);
    private static final MethodTypeDesc OUTSIDE = MethodTypeDesc.of(ConstantDescs.CD_boolean, INT, LONG, INT);

    private final CodeBuilder code;
    private final Frame frame;
    private final int firstWindow;

    /** What loads outside the captured bytes, or divides by zero, is refused. */
    OperationEmitter(CodeBuilder code, int registers, Frame frame) {
        this.code = code;
        this.frame = frame;
        firstWindow = frame.register(registers);
    }

    /** Refuses the packet unless so many bytes of it were captured. */
    void check(long end) {
        if (end > Integer.MAX_VALUE) code.iconst_0().ifeq(frame.refused()); // no packet is that long
        else code.iload(frame.captured()).loadConstant((int) end).if_icmplt(frame.refused());
    }

    /** Sets a register to zero. */
    void clear(int register) {
        code.iconst_0().istore(frame.register(register));
    }

    /** Loads the bytes of a window, which must have been checked. */
    void open(Window window) {
        code.aload(frame.memory())
                .lload(frame.start())
                .loadConstant(window.start())
                .ladd();
        code.invokestatic(LOADS, window.bytes() == Window.NARROW ? "four" : "eight", OPEN)
                .lstore(local(window));
    }

    private int local(Window window) {
        return firstWindow + 2 * window.number();
    }

    /** A fixed load whose bytes are in a window that is open. */
    void take(Operation.Load load, Window window) {
        code.lload(local(window));
        int shift = window.shift(load);
        if (shift > 0) code.loadConstant(shift).lushr();
        code.l2i();
        if (load.width() != Width.WORD)
            code.loadConstant((int) window.mask(load)).iand();
        code.istore(frame.register(load.target()));
    }

    /** Jumps unless the pattern is there. */
    void jumpUnless(Pattern pattern, Label target) {
        code.lload(local(pattern.window())).loadConstant(pattern.mask()).land();
        code.loadConstant(pattern.value()).lcmp().ifne(target);
    }

    void emit(Operation operation) {
        switch (operation) {
            case Operation.Move(int _, Operand source) -> push(source);
            case Operation.Length _ -> code.iload(frame.original());
            case Operation.Load load -> emit(load);
            case Operation.Arithmetic(int _, Operator operator, Operand left, Operand right) ->
                emit(operator, left, right);
        }
        code.istore(frame.register(operation.target()));
    }

    private void emit(Operation.Load load) {
        long offset = load.offset() & 0xffff_ffffL;
        if (load.isFixed()) {
            code.aload(frame.memory())
                    .lload(frame.start())
                    .loadConstant(load.end() - load.width().bytes())
                    .ladd();
        } else {
            push(load.base());
            code.loadConstant(offset + load.width().bytes()).iload(frame.captured());
            code.invokestatic(LOADS, "isOutside", OUTSIDE).ifne(frame.refused());
            code.aload(frame.memory()).lload(frame.start());
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
            code.ifeq(frame.refused());
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

    void push(Operand operand) {
        switch (operand) {
            case Operand.Register(int number) -> code.iload(frame.register(number));
            case Operand.Constant(int value) -> code.loadConstant(value);
        }
    }

    /** Jumps if the comparison holds. */
    void jumpIf(Comparison comparison, Operand left, Operand right, Label target) {
        push(left);
        push(right);
        switch (comparison) {
            case EQUAL -> code.if_icmpeq(target);
            case GREATER -> compareUnsigned().ifgt(target);
            case GREATER_OR_EQUAL -> compareUnsigned().ifge(target);
            case COMMON_BITS -> code.iand().ifne(target);
        }
    }

    private CodeBuilder compareUnsigned() {
        return code.invokestatic(INTEGER, "compareUnsigned", TWO_INTS);
    }
}
