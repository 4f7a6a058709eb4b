package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.ir.IrProgram;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/**
 * Makes a hidden class from a program.
 *
 * <p>The class has the program twice: in a method for one packet, and in the loop of one for many, where it costs no call and what
 * is the same for all packets is looked at once. It is defined without a tie to its loader, so it goes with its last instance.
 */
public final class JvmEmitter {
    /** HotSpot does not compile methods beyond 8000 bytes of bytecode; one that long is better interpreted step by step. */
    private static final int LONGEST = 8000;

    /** Operations of a program that is written into the loop over many packets; a longer one is called there. */
    private static final int MOST_IN_LOOP = 400;

    /** More operations never fit. */
    private static final int MOST_OPERATIONS = 4000;

    private static final ClassDesc MEMORY =
            MemorySegment.class.describeConstable().orElseThrow();
    private static final ClassDesc FILTER_CODE =
            FilterCode.class.describeConstable().orElseThrow();
    private static final ClassDesc SELF = ClassDesc.of(JvmEmitter.class.getPackageName(), "EmittedFilter");
    private static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
    private static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();

    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_int, MEMORY, ConstantDescs.CD_long, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc SELECT =
            MethodTypeDesc.of(ConstantDescs.CD_int, MEMORY, LONGS, INTS, INTS, ConstantDescs.CD_int, INTS);

    private JvmEmitter() {}

    /** The program as bytecode, which any number of threads may use; empty if it is too large for the JVM to compile. */
    public static Optional<FilterCode> compile(IrProgram program) {
        if (program.length() > MOST_OPERATIONS) return Optional.empty();
        byte[] bytes = bytes(program);
        if (codeLength(bytes) > LONGEST) return Optional.empty();
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return Optional.of((FilterCode)
                    lookup.findConstructor(lookup.lookupClass(), java.lang.invoke.MethodType.methodType(void.class))
                            .invoke());
        } catch (Throwable e) {
            throw new IllegalStateException("the emitted class does not work", e);
        }
    }

    /** Bytecode if possible, steps otherwise; the latter belong to one thread. */
    public static FilterCode compileOrInterpret(IrProgram program) {
        return compile(program).orElseGet(() -> new IrInterpreter(program));
    }

    private static byte[] bytes(IrProgram program) {
        return ClassFile.of()
                .build(
                        SELF,
                        clazz -> clazz.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                .withInterfaceSymbols(FILTER_CODE)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PRIVATE,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> run(program, code))
                                .withMethodBody("select", SELECT, ClassFile.ACC_PUBLIC, code -> select(program, code)));
    }

    /** Locals: 1 memory, 2 start, 4 captured, 5 original. */
    private static void run(IrProgram program, CodeBuilder code) {
        Label refused = code.newLabel();
        new BlockEmitter(program, code, new Frame(1, 2, refused, Optional.empty())).emit();
        code.labelBinding(refused).iconst_0().ireturn();
    }

    /** Locals: 1 memory, 2 starts, 3 captured, 4 original, 5 count, 6 accepted; 7 index, 8 found, 9 those of one packet. */
    private static void select(IrProgram program, CodeBuilder code) {
        Label loop = code.newLabel();
        Label accepted = code.newLabel();
        Label refused = code.newLabel();
        Label end = code.newLabel();
        var frame = new Frame(1, 9, refused, Optional.of(accepted));
        code.iconst_0().istore(7).iconst_0().istore(8);
        code.labelBinding(loop).iload(7).iload(5).if_icmpge(end);
        code.aload(2).iload(7).laload().lstore(frame.start());
        code.aload(3).iload(7).iaload().istore(frame.captured());
        code.aload(4).iload(7).iaload().istore(frame.original());
        if (program.length() <= MOST_IN_LOOP) {
            new BlockEmitter(program, code, frame).emit();
        } else {
            code.aload(0).aload(1).lload(frame.start()).iload(frame.captured()).iload(frame.original());
            code.invokevirtual(SELF, "run", RUN).ifeq(refused);
        }
        code.labelBinding(accepted).aload(6).iload(8).iload(7).iastore().iinc(8, 1);
        code.labelBinding(refused).iinc(7, 1).goto_(loop);
        code.labelBinding(end).iload(8).ireturn();
    }

    private static int codeLength(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .mapToInt(code -> ((java.lang.classfile.attribute.CodeAttribute) code).codeLength())
                .max()
                .orElse(0);
    }
}
