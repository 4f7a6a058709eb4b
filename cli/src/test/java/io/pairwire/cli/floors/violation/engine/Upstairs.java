package io.pairwire.cli.floors.violation.engine;

import io.pairwire.cli.floors.violation.memory.DownstairsUtil;

/** Looked at from below by {@code DownstairsUtil}, which no floor may do. */
public final class Upstairs {
    private Upstairs() {}

    public static int view() {
        return 5;
    }

    public static int down() throws Exception {
        return DownstairsUtil.look();
    }
}
