package io.pairwire.cli.floors.violation.memory;

import io.pairwire.cli.floors.violation.engine.Upstairs;
import java.lang.reflect.InvocationTargetException;

/** Breaks each rule of {@code FloorsTest}, down to a name that shows no idea. */
public final class DownstairsUtil {
    private DownstairsUtil() {}

    /** Upstairs calls back, so that the two packages form a cycle. */
    public static int look() throws InvocationTargetException {
        System.out.println(Upstairs.view());
        if (System.currentTimeMillis() < 0) System.exit(1);
        if ((Object) Upstairs.view() instanceof sun.misc.Unsafe) return 0;
        throw new InvocationTargetException(new IllegalStateException());
    }
}
