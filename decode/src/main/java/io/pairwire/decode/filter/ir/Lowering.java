package io.pairwire.decode.filter.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Turns a {@link Condition} into blocks.
 *
 * <p>Works from the end: a question is lowered when both places to go on are known. Blocks are therefore made last first; a
 * label counts them in that order, and everything is turned round at the end.
 */
public final class Lowering {
    private final List<Block> lastFirst = new ArrayList<>();
    private int operations;

    private Lowering() {}

    /**
     * A program that returns {@code accepted} if the condition holds, and 0 otherwise.
     *
     * @param registers how many the condition uses
     * @throws IllegalArgumentException if it is larger than {@link IrProgram#LARGEST}
     */
    public static IrProgram lower(Condition condition, int registers, int accepted) {
        var lowering = new Lowering();
        int no = lowering.add(List.of(), new Terminator.Return(new Operand.Constant(0)));
        int yes = lowering.add(List.of(), new Terminator.Return(new Operand.Constant(accepted)));
        int entry = lowering.place(condition, yes, no);
        if (entry != lowering.lastFirst.size() - 1) lowering.add(List.of(), new Terminator.Jump(entry));
        return new IrProgram(lowering.firstFirst(), registers);
    }

    private int add(List<Operation> steps, Terminator end) {
        operations += steps.size() + 1;
        if (operations > IrProgram.LARGEST) {
            throw new IllegalArgumentException("the filter has more than " + IrProgram.LARGEST + " operations");
        }
        lastFirst.add(new Block(steps, end));
        return lastFirst.size() - 1;
    }

    private int place(Condition condition, int yes, int no) {
        return switch (condition) {
            case Condition.Test test ->
                add(test.operations(), new Terminator.Branch(test.comparison(), test.left(), test.right(), yes, no));
            case Condition.All(var parts) -> {
                int target = yes;
                for (var part : parts.reversed()) target = place(part, target, no);
                yield target;
            }
            case Condition.Any(var parts) -> {
                int target = no;
                for (var part : parts.reversed()) target = place(part, yes, target);
                yield target;
            }
            case Condition.Not(var part) -> place(part, no, yes);
            case Condition.Always(boolean answer) -> answer ? yes : no;
            case Condition.Graph(var blocks) -> graph(blocks, yes, no);
        };
    }

    private int graph(List<Block> blocks, int yes, int no) {
        int first = lastFirst.size() + blocks.size() - 1;
        for (Block block : blocks.reversed()) {
            add(block.operations(), moved(block.end(), next -> switch (next) {
                case Condition.Graph.YES -> yes;
                case Condition.Graph.NO -> no;
                default -> first - next;
            }));
        }
        return first;
    }

    private List<Block> firstFirst() {
        int last = lastFirst.size() - 1;
        return lastFirst.reversed().stream()
                .map(block -> new Block(block.operations(), moved(block.end(), label -> last - label)))
                .toList();
    }

    static Terminator moved(Terminator end, IntUnaryOperator place) {
        return switch (end) {
            case Terminator.Return _ -> end;
            case Terminator.Jump(int block) -> new Terminator.Jump(place.applyAsInt(block));
            case Terminator.Branch b ->
                new Terminator.Branch(
                        b.comparison(),
                        b.left(),
                        b.right(),
                        place.applyAsInt(b.ifTrue()),
                        place.applyAsInt(b.ifFalse()));
        };
    }
}
