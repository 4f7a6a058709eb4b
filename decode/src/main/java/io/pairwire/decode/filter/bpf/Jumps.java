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
    /** Whether the comparison of a block needs jumps behind it, because a target is too far. */
    private final boolean[] far;

    private final int[] starts;

    Jumps(List<Block> blocks, List<List<BpfInstruction>> bodies) {
        this.blocks = blocks;
        this.bodies = bodies;
        far = new boolean[blocks.size()];
        starts = new int[blocks.size() + 1];
    }

    List<BpfInstruction> placed() {
        boolean longer = true;
        while (longer) { // a jump that became far stays far, so this ends
            place();
            longer = false;
            for (int i = 0; i < far.length; i++) {
                if (!far[i] && blocks.get(i).end() instanceof Terminator.Branch b && isFar(i, b)) {
                    far[i] = true;
                    longer = true;
                }
            }
        }
        var all = new ArrayList<BpfInstruction>(starts[blocks.size()]);
        for (int i = 0; i < far.length; i++) {
            all.addAll(bodies.get(i));
            end(i, all);
        }
        return all;
    }

    private void place() {
        for (int i = 0; i < far.length; i++) {
            int end = switch (blocks.get(i).end()) {
                case Terminator.Return _ -> 1;
                case Terminator.Jump(int next) -> next == i + 1 ? 0 : 1;
                case Terminator.Branch _ -> far[i] ? 3 : 1;
            };
            starts[i + 1] = starts[i] + bodies.get(i).size() + end;
        }
    }

    private boolean isFar(int block, Terminator.Branch b) {
        return starts[b.ifTrue()] - starts[block + 1] > FURTHEST || starts[b.ifFalse()] - starts[block + 1] > FURTHEST;
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
                if (far[block]) {
                    all.add(new BpfInstruction(code, 0, 1, k));
                    all.add(BpfInstruction.of(Bpf.JMP | Bpf.JA, ifTrue + 1));
                    all.add(BpfInstruction.of(Bpf.JMP | Bpf.JA, ifFalse));
                } else {
                    all.add(new BpfInstruction(code, ifTrue, ifFalse, k));
                }
            }
        }
    }
}
