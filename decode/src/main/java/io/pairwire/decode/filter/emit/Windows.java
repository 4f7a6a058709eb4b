package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which windows are opened in which block. A load of a window costs as much as that of a byte: the checks of the segment are what
 * costs. So a fixed load opens a window that covers as many others behind it as possible, within what was checked.
 */
final class Windows {
    /** Blocks behind one that are looked at; a bound for generated filters. */
    private static final int FURTHEST = 40;

    private static final int MOST_WINDOWS = 16;

    private final List<Block> blocks;
    private final Bounds bounds;
    private final List<Window> all = new ArrayList<>();
    private final List<List<Window>> opened = new ArrayList<>();
    /** By block; null if nobody comes there. */
    private final @Nullable List<Window>[] open;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Windows(IrProgram program, Bounds bounds) {
        this.bounds = bounds;
        blocks = program.blocks();
        open = new List[blocks.size()];
        open[0] = new ArrayList<>();
        boolean loops = program.loops();
        for (int i = 0; i < open.length; i++) {
            var here = new ArrayList<Window>();
            opened.add(here);
            List<Window> known = open[i];
            if (known == null) continue;
            if (!loops) openIn(i, known, here);
            for (int next : blocks.get(i).successors()) {
                List<Window> before = open[next];
                if (before == null) open[next] = new ArrayList<>(known);
                else before.retainAll(known);
            }
        }
    }

    private void openIn(int block, List<Window> known, List<Window> here) {
        for (Operation operation : blocks.get(block).operations()) {
            if (!(operation instanceof Operation.Load load) || !load.isFixed() || of(block, load) != null) continue;
            Window window = best(block, load);
            if (window == null) continue;
            known.add(window);
            here.add(window);
        }
    }

    /** The smallest window that covers most loads and this one; null if that is the only one. */
    private @Nullable Window best(int block, Operation.Load load) {
        Window best = null;
        int most = 1;
        for (int bytes : new int[] {Window.NARROW, Window.WIDE}) {
            long last = Math.min(Window.start(load), bounds.after(block) - bytes);
            for (long start = last; start >= Math.max(0, load.end() - bytes); start--) {
                var window = new Window(all.size(), start, bytes);
                int covered = covered(window, block);
                if (covered <= most) continue;
                most = covered;
                best = window;
            }
        }
        return best == null ? null : numbered(best);
    }

    private @Nullable Window numbered(Window window) {
        for (Window known : all) if (known.start() == window.start() && known.bytes() == window.bytes()) return known;
        if (all.size() == MOST_WINDOWS) return null;
        all.add(window);
        return window;
    }

    private int covered(Window window, int block) {
        int covered = 0;
        for (int i = block; i < Math.min(blocks.size(), block + FURTHEST); i++) {
            for (Operation operation : blocks.get(i).operations()) {
                if (operation instanceof Operation.Load load && load.isFixed() && window.covers(load)) covered++;
            }
        }
        return covered;
    }

    /** Windows to open at the start of a block, behind its check. */
    List<Window> opened(int block) {
        return opened.get(block);
    }

    /** An open window that covers a fixed load of this block; null if there is none. */
    @Nullable
    Window of(int block, Operation.Load load) {
        List<Window> known = open[block];
        if (known == null) return null;
        for (Window window : known) if (window.covers(load)) return window;
        return null;
    }
}
