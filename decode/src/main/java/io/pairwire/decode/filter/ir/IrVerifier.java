package io.pairwire.decode.filter.ir;

import java.util.List;

/** The rules of {@link IrProgram}. */
final class IrVerifier {
    private IrVerifier() {}

    static void check(List<Block> blocks, int registers) {
        if (blocks.isEmpty()) throw new IllegalArgumentException("the program is empty");
        if (registers < 0) throw new IllegalArgumentException("registers are negative: " + registers);
        int operations = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            for (Operation operation : block.operations()) check(operation, i, registers);
            check(block.end(), i, blocks.size(), registers);
            operations += block.operations().size() + 1;
            if (operations > IrProgram.LARGEST) {
                throw new IllegalArgumentException("the program has more than " + IrProgram.LARGEST + " operations");
            }
        }
    }

    private static void check(Operation operation, int block, int registers) {
        check(new Operand.Register(operation.target()), block, registers);
        switch (operation) {
            case Operation.Move(int _, Operand source) -> check(source, block, registers);
            case Operation.Load(int _, Operand base, int _, Width _) -> check(base, block, registers);
            case Operation.Arithmetic(int _, Operator _, Operand left, Operand right) -> {
                check(left, block, registers);
                check(right, block, registers);
            }
            case Operation.Length _ -> {}
        }
    }

    private static void check(Terminator end, int block, int blocks, int registers) {
        switch (end) {
            case Terminator.Return(Operand value) -> check(value, block, registers);
            case Terminator.Jump(int next) -> check(next, block, blocks);
            case Terminator.Branch branch -> {
                check(branch.left(), block, registers);
                check(branch.right(), block, registers);
                check(branch.ifTrue(), block, blocks);
                check(branch.ifFalse(), block, blocks);
            }
        }
    }

    private static void check(Operand operand, int block, int registers) {
        if (operand instanceof Operand.Register(int number) && (number < 0 || number >= registers)) {
            throw new IllegalArgumentException("block " + block + " uses register " + number + " of " + registers);
        }
    }

    private static void check(int next, int block, int blocks) {
        if (next < 0 || next >= blocks) {
            throw new IllegalArgumentException("block " + block + " goes to block " + next + " of " + blocks);
        }
    }
}
