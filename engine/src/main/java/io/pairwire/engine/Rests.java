package io.pairwire.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What wants an engine at rest: checkpoints, and changes that anybody asks for. */
final class Rests {
    private final Checkpoints checkpoints;
    private final EngineState state;
    private final Queue<Rest.Work> changes = new ConcurrentLinkedQueue<>();

    Rests(Checkpoints checkpoints, EngineState state) {
        this.checkpoints = checkpoints;
        this.state = state;
    }

    /** From any thread: to be done at the next rest. */
    void add(Rest.Work change) {
        changes.add(change);
    }

    /** On the reading thread, before each poll. */
    boolean areWanted() {
        return !changes.isEmpty() || checkpoints.isDue();
    }

    /** On the reading thread, after the last packet. */
    boolean isLastWanted() {
        return !changes.isEmpty() || checkpoints != Checkpoints.NONE;
    }

    /** On the reading thread. Changes come first, so that what is kept knows of them. */
    Rest begin() {
        checkpoints.begin();
        List<Rest.Work> now = new ArrayList<>();
        for (Rest.Work change = changes.poll(); change != null; change = changes.poll()) now.add(change);
        return new Rest(() -> {
            for (Rest.Work change : now) change.run();
            checkpoints.keep(state);
        });
    }

    /** On the reading thread, when the rest was had; answers whether another is wanted at once. */
    boolean done() throws IOException {
        return checkpoints.kept();
    }
}
