package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Terminator;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Writes the blocks of one program into a method, one after the other, as they stand.
 *
 * <p>Loads at fixed places are checked once a block, at its start: whichever of them fails, the answer is 0. A check that was
 * made on every way to a block, at least as far, is not made again.
 */
final class BlockEmitter {
    private final List<Block> blocks;
    private final IrProgram program;
    private final CodeBuilder code;
    private final OperationEmitter operations;
    private final Bounds bounds;
    private final Windows windows;
    private final Patterns patterns;
    private final Label[] labels;
    private final Frame frame;
    private final BitSet absorbed = new BitSet();

    BlockEmitter(IrProgram program, CodeBuilder code, Frame frame) {
        this.program = program;
        this.code = code;
        blocks = program.blocks();
        labels = new Label[blocks.size()];
        Arrays.setAll(labels, _ -> code.newLabel());
        this.frame = frame;
        operations = new OperationEmitter(code, program.registers(), frame);
        bounds = new Bounds(program);
        windows = new Windows(program, bounds);
        patterns = new Patterns(program, bounds, windows);
    }

    void emit() {
        if (program.loops()) code.loadConstant(IrProgram.MOST_WAYS_BACK).istore(frame.waysBack());
        for (int r = 0; r < program.registers(); r++) if (isReadUnwritten(r)) operations.clear(r);
        for (int i = 0; i < blocks.size(); i++) {
            if (absorbed.get(i)) continue;
            code.labelBinding(labels[i]);
            if (bounds.isHopeless(i)) {
                code.goto_(frame.refused());
                continue;
            }
            if (bounds.isOpen(i)) operations.check(bounds.needed(i));
            windows.opened(i).forEach(operations::open);
            emitOperations(i);
            Optional<Patterns.Chain> chain = patterns.chain(i);
            if (chain.isPresent()) emit(chain.get());
            else emit(blocks.get(i).end(), i);
        }
    }

    private void emitOperations(int block) {
        for (Operation operation : blocks.get(block).operations()) {
            Window window = operation instanceof Operation.Load load && load.isFixed() ? windows.of(block, load) : null;
            if (window != null && operation instanceof Operation.Load load) operations.take(load, window);
            else operations.emit(operation);
        }
    }

    private void emit(Patterns.Chain chain) {
        operations.jumpUnless(chain.pattern(), labels[chain.otherwise()]);
        for (int block : chain.absorbed()) {
            absorbed.set(block);
            emitOperations(block);
        }
        code.goto_(labels[chain.ifThere()]);
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

    private void emit(Terminator end, int block) {
        switch (end) {
            case Terminator.Return(Operand value) -> answer(value);
            case Terminator.Jump(int next) -> jump(next, block);
            case Terminator.Branch b -> {
                Label onTrue = b.ifTrue() > block ? labels[b.ifTrue()] : code.newLabel();
                operations.jumpIf(b.comparison(), b.left(), b.right(), onTrue);
                jump(b.ifFalse(), block);
                if (b.ifTrue() <= block) {
                    code.labelBinding(onTrue);
                    jump(b.ifTrue(), block);
                }
            }
        }
    }

    private void answer(Operand value) {
        if (value instanceof Operand.Constant(int kept) && kept == 0) {
            code.goto_(frame.refused());
        } else if (frame.accepted().isEmpty()) {
            operations.push(value);
            code.ireturn();
        } else {
            if (value instanceof Operand.Register) {
                operations.push(value);
                code.ifeq(frame.refused());
            }
            code.goto_(frame.accepted().get());
        }
    }

    /** A way back is counted down; when none is left the answer is 0. */
    private void jump(int next, int block) {
        if (next == block + 1 && !isLastWithTurn(block)) return;
        if (next <= block) code.iload(frame.waysBack()).ifeq(frame.refused()).iinc(frame.waysBack(), -1);
        code.goto_(labels[next]);
    }

    /** Does code of this block follow behind the jump for false? */
    private boolean isLastWithTurn(int block) {
        return blocks.get(block).end() instanceof Terminator.Branch b && b.ifTrue() <= block;
    }
}
