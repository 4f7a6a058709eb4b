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
import java.util.List;

/** Reads classic BPF: register 0 is A, 1 is X, then the words of scratch memory. A block begins where a jump lands. */
public final class BpfTranslator {
    private static final int A = 0;
    private static final int X = 1;
    private static final int SCRATCH = 2;
    private static final int REGISTERS = SCRATCH + Bpf.SCRATCH;

    private static final Operator[] OPERATORS = {
        Operator.ADD,
        Operator.SUBTRACT,
        Operator.MULTIPLY,
        Operator.DIVIDE,
        Operator.OR,
        Operator.AND,
        Operator.SHIFT_LEFT,
        Operator.SHIFT_RIGHT,
        Operator.SUBTRACT,
        Operator.REMAINDER,
        Operator.XOR
    };

    private final List<BpfInstruction> instructions;

    private BpfTranslator(BpfProgram program) {
        instructions = program.instructions();
    }

    /** An equal program. */
    public static IrProgram translate(BpfProgram program) {
        return new BpfTranslator(program).translate();
    }

    private IrProgram translate() {
        int length = instructions.size();
        boolean[] begins = new boolean[length];
        begins[0] = true;
        for (int at = 0; at < length; at++) {
            BpfInstruction i = instructions.get(at);
            if ((i.code() & 0x07) != Bpf.JMP) continue;
            if (i.code() == (Bpf.JMP | Bpf.JA)) begins[at + 1 + i.k()] = true;
            else begins[at + 1 + i.jt()] = begins[at + 1 + i.jf()] = true;
            if (at + 1 < length) begins[at + 1] = true;
        }
        int[] places = new int[length];
        int block = -1;
        for (int at = 0; at < length; at++) {
            if (begins[at] || (instructions.get(Math.max(0, at - 1)).code() & 0x07) == Bpf.RET) block++;
            places[at] = Math.max(0, block);
        }
        var blocks = new ArrayList<Block>();
        var operations = new ArrayList<Operation>();
        for (int at = 0; at < length; at++) {
            BpfInstruction i = instructions.get(at);
            int kind = i.code() & 0x07;
            boolean ends = kind == Bpf.RET || kind == Bpf.JMP || places[at + 1] != places[at];
            if (kind != Bpf.RET && kind != Bpf.JMP) add(i, operations);
            if (!ends) continue;
            blocks.add(new Block(operations, end(i, at, places)));
            operations.clear();
        }
        return new IrProgram(blocks, REGISTERS);
    }

    private static Operand k(BpfInstruction i) {
        return new Operand.Constant(i.k());
    }

    private static Operand register(int number) {
        return new Operand.Register(number);
    }

    private static void add(BpfInstruction i, List<Operation> operations) {
        int code = i.code();
        switch (code & 0x07) {
            case Bpf.LD -> operations.add(load(i, A));
            case Bpf.LDX -> {
                if ((code & 0xe0) == Bpf.MSH) {
                    operations.add(new Operation.Load(X, new Operand.Constant(0), i.k(), Width.BYTE));
                    operations.add(new Operation.Arithmetic(X, Operator.AND, register(X), new Operand.Constant(0xf)));
                    operations.add(
                            new Operation.Arithmetic(X, Operator.SHIFT_LEFT, register(X), new Operand.Constant(2)));
                } else {
                    operations.add(load(i, X));
                }
            }
            case Bpf.ST -> operations.add(new Operation.Move(SCRATCH + i.k(), register(A)));
            case Bpf.STX -> operations.add(new Operation.Move(SCRATCH + i.k(), register(X)));
            case Bpf.ALU -> {
                boolean negative = (code & 0xf0) == Bpf.NEG;
                Operand left = negative ? new Operand.Constant(0) : register(A);
                boolean shift = (code & 0xf0) == Bpf.LSH || (code & 0xf0) == Bpf.RSH;
                Operand constant = shift ? new Operand.Constant(i.k() & 31) : k(i);
                Operand right = negative ? register(A) : (code & Bpf.X) != 0 ? register(X) : constant;
                operations.add(new Operation.Arithmetic(A, OPERATORS[(code & 0xf0) >> 4], left, right));
            }
            default -> {
                boolean toX = code == (Bpf.MISC | Bpf.TAX);
                operations.add(new Operation.Move(toX ? X : A, register(toX ? A : X)));
            }
        }
    }

    private static Operation load(BpfInstruction i, int target) {
        Width width = switch (i.code() & 0x18) {
            case Bpf.W -> Width.WORD;
            case Bpf.H -> Width.HALF;
            default -> Width.BYTE;
        };
        return switch (i.code() & 0xe0) {
            case Bpf.IMM -> new Operation.Move(target, k(i));
            case Bpf.MEM -> new Operation.Move(target, register(SCRATCH + i.k()));
            case Bpf.LEN -> new Operation.Length(target);
            case Bpf.ABS -> new Operation.Load(target, new Operand.Constant(0), i.k(), width);
            default -> new Operation.Load(target, register(X), i.k(), width);
        };
    }

    private Terminator end(BpfInstruction i, int at, int[] places) {
        int code = i.code();
        if ((code & 0x07) == Bpf.RET) return new Terminator.Return((code & Bpf.A) != 0 ? register(A) : k(i));
        if ((code & 0x07) != Bpf.JMP) return new Terminator.Jump(places[at + 1]);
        Comparison comparison = switch (code & 0xf0) {
            case Bpf.JEQ -> Comparison.EQUAL;
            case Bpf.JGT -> Comparison.GREATER;
            case Bpf.JGE -> Comparison.GREATER_OR_EQUAL;
            default -> Comparison.COMMON_BITS;
        };
        if ((code & 0xf0) == Bpf.JA) return new Terminator.Jump(places[at + 1 + i.k()]);
        Operand right = (code & Bpf.X) != 0 ? register(X) : k(i);
        return new Terminator.Branch(comparison, register(A), right, places[at + 1 + i.jt()], places[at + 1 + i.jf()]);
    }
}
