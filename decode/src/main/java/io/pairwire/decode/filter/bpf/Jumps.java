package io.pairwire.decode.filter.bpf;

import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Terminator;
import java.util.ArrayList;
import java.util.List;

/** Puts blocks one behind the other and finds out how far their jumps go. */
final class Jumps {
    private static final int FURTHEST = 255;

    private final List<Block> blocks;
    private final List<List<BpfInstruction>> bodies;
    /** Whether the comparison of a block needs a jump behind it, because the target for true is too far. */
    private final boolean[] trueIsFar;

    private final boolean[] falseIsFar;

    private final int[] starts;

    Jumps(List<Block> blocks, List<List<BpfInstruction>> bodies) {
        this.blocks = blocks;
        this.bodies = bodies;
        trueIsFar = new boolean[blocks.size()];
        falseIsFar = new boolean[blocks.size()];
        starts = new int[blocks.size() + 1];
    }

    List<BpfInstruction> placed() {
        boolean longer = true;
        while (longer) { // a jump that became far stays far, so this ends
            place();
            longer = false;
            for (int i = 0; i < blocks.size(); i++) {
                if (!(blocks.get(i).end() instanceof Terminator.Branch b)) continue;
                boolean yes = trueIsFar[i] || isFar(i, b.ifTrue());
                boolean no = falseIsFar[i] || isFar(i, b.ifFalse());
                longer |= yes != trueIsFar[i] || no != falseIsFar[i];
                trueIsFar[i] = yes;
                falseIsFar[i] = no;
            }
        }
        var all = new ArrayList<BpfInstruction>(starts[blocks.size()]);
        for (int i = 0; i < blocks.size(); i++) {
            all.addAll(bodies.get(i));
            end(i, all);
        }
        return all;
    }

    private void place() {
        for (int i = 0; i < blocks.size(); i++) {
            int end = switch (blocks.get(i).end()) {
                case Terminator.Return _ -> 1;
                case Terminator.Jump(int next) -> next == i + 1 ? 0 : 1;
                case Terminator.Branch _ -> 1 + behind(i);
            };
            starts[i + 1] = starts[i] + bodies.get(i).size() + end;
        }
    }

    /** Jumps behind the comparison of a block. */
    private int behind(int block) {
        return (trueIsFar[block] ? 1 : 0) + (falseIsFar[block] ? 1 : 0);
    }

    private boolean isFar(int block, int target) {
        return starts[target] - starts[block + 1] + behind(block) > FURTHEST;
    }

    private void end(int block, List<BpfInstruction> all) {
        int behind = starts[block + 1];
        switch (blocks.get(block).end()) {
            case Terminator.Return(Operand value) ->
                all.add(
                        value instanceof Operand.Constant(int kept)
                                ? BpfInstruction.of(Bpf.RET | Bpf.K, kept)
                                : BpfInstruction.of(Bpf.RET | Bpf.A, 0));
            case Terminator.Jump(int next) -> {
                if (next != block + 1) all.add(BpfInstruction.of(Bpf.JMP | Bpf.JA, starts[next] - behind));
            }
            case Terminator.Branch b -> {
                boolean constant = b.right() instanceof Operand.Constant;
                int code = Bpf.JMP | BpfEmitter.code(b.comparison()) | (constant ? Bpf.K : Bpf.X);
                int k = b.right() instanceof Operand.Constant(int value) ? value : 0;
                int ifTrue = starts[b.ifTrue()] - behind;
                int ifFalse = starts[b.ifFalse()] - behind;
                int more = behind(block);
                int jt = trueIsFar[block] ? 0 : ifTrue + more;
                int jf = falseIsFar[block] ? more - 1 : ifFalse + more;
                all.add(new BpfInstruction(code, jt, jf, k));
                if (trueIsFar[block]) all.add(BpfInstruction.of(Bpf.JMP | Bpf.JA, ifTrue + more - 1));
                if (falseIsFar[block]) all.add(BpfInstruction.of(Bpf.JMP | Bpf.JA, ifFalse));
            }
        }
    }
}
