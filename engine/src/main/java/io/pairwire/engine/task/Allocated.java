package io.pairwire.engine.task;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What threads have allocated on the heap since they began, as the JVM counts it. */
final class Allocated {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private Allocated() {}

    /** Bytes; 0 or less if the thread has ended. */
    static long bytesOf(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.threadId());
    }
}
