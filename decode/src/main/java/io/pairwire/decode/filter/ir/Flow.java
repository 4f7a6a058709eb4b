package io.pairwire.decode.filter.ir;

import java.util.Arrays;
import java.util.List;

/**
 * Who precedes and who dominates whom in a program without loops, whose blocks are in an order in which every block comes
 * after its predecessors. Dominators after K. Cooper, T. Harvey, K. Kennedy, "A Simple, Fast Dominance Algorithm" (2001): in
 * such an order one pass is enough.
 */
final class Flow {
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    private final int[] onlyPredecessor;
    private final int[] dominator;
    private final int[] depth;
    /** Places in a walk through the tree of dominators: a block, then everything it dominates. */
    private final int[] place;

    private final int[] size;

    Flow(List<Block> blocks) {
        int n = blocks.size();
        onlyPredecessor = new int[n];
        dominator = new int[n];
        depth = new int[n];
        Arrays.fill(onlyPredecessor, NOBODY);
        Arrays.fill(dominator, NOBODY);
        for (int i = 0; i < n; i++) {
            if (i > 0 && dominator[i] == NOBODY) continue; // cannot be reached
            if (i > 0) depth[i] = depth[dominator[i]] + 1;
            for (int next : blocks.get(i).successors()) {
                onlyPredecessor[next] = onlyPredecessor[next] == NOBODY ? i : SEVERAL;
                boolean isFirst = dominator[next] == NOBODY;
                dominator[next] = isFirst ? i : isEnd(blocks.get(next)) ? 0 : common(dominator[next], i);
            }
        }
        place = new int[n];
        size = new int[n];
        walk();
    }

    /** Nobody asks who dominates such a block, and it may have very many predecessors. */
    private static boolean isEnd(Block block) {
        return block.operations().isEmpty() && block.end() instanceof Terminator.Return;
    }

    private void walk() {
        for (int i = size.length - 1; i >= 0; i--) {
            size[i]++;
            if (i > 0 && dominator[i] != NOBODY) size[dominator[i]] += size[i];
        }
        int[] free = new int[size.length];
        free[0] = 1;
        for (int i = 1; i < size.length; i++) {
            if (dominator[i] == NOBODY) continue;
            place[i] = free[dominator[i]];
            free[dominator[i]] += size[i];
            free[i] = place[i] + 1;
        }
    }

    private int common(int a, int b) {
        int left = a;
        int right = b;
        while (left != right) {
            if (depth[left] >= depth[right]) left = dominator[left];
            else right = dominator[right];
        }
        return left;
    }

    boolean isReached(int block) {
        return block == 0 || dominator[block] != NOBODY;
    }

    /** The only block with an edge to this one, and only one edge; negative if there is none or there are several. */
    int onlyPredecessor(int block) {
        return onlyPredecessor[block];
    }

    /** The closest block on every way to this one; negative for the first. */
    int dominator(int block) {
        return block == 0 ? NOBODY : dominator[block];
    }

    /** Does every way to {@code block} pass {@code by}, or are they the same? */
    boolean dominates(int by, int block) {
        return place[by] <= place[block] && place[block] < place[by] + size[by];
    }
}
