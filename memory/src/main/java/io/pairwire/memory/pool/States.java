package io.pairwire.memory.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Access in a memory order to the states of buffers. */
final class States {
    static final VarHandle ARRAY = MethodHandles.arrayElementVarHandle(int[].class);

    private States() {}
}
