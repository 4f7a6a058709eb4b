package io.pairwire.memory.pool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One {@link Tracing} at work. Bounded: two sites at most for each buffer that exists. */
final class Tracer {
    private static final int FRAMES = 4;
    private static final String HERE = Tracer.class.getPackageName() + ".";
    private static final StackWalker STACK = StackWalker.getInstance();

    final Tracing tracing;
    private final Map<Integer, String> allocated = new ConcurrentHashMap<>();
    private final Map<Integer, String> freed = new ConcurrentHashMap<>();

    Tracer(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Are events all there is to be written down? */
    boolean isSimple() {
        return tracing.siteEvery() == 0;
    }

    void siteOfAllocation(int handle) {
        allocated.put(Handle.place(handle), site());
        freed.remove(Handle.place(handle));
    }

    /** A buffer was handed out whose site is not asked for. */
    void noSite(int handle) {
        allocated.remove(Handle.place(handle));
        freed.remove(Handle.place(handle));
    }

    void siteOfRelease(int handle) {
        if (allocated.containsKey(Handle.place(handle))) freed.put(Handle.place(handle), site());
    }

    @Nullable
    String allocationSite(int handle) {
        return allocated.get(Handle.place(handle));
    }

    String sites(int handle) {
        String from = allocated.get(Handle.place(handle));
        String to = freed.get(Handle.place(handle));
        return (from == null ? "" : ", allocated at " + from) + (to == null ? "" : ", released at " + to);
    }

    /** The first frames that are not ours, nearest first. */
    private static String site() {
        return STACK.walk(frames -> frames.dropWhile(Tracer::isOurs)
                .limit(FRAMES)
                .map(frame -> String.valueOf(frame.toStackTraceElement()))
                .collect(Collectors.joining(" < ")));
    }

    // Tests live in the same package, so ours are named.
    private static boolean isOurs(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        if (!name.startsWith(HERE)) return false;
        String own = name.substring(HERE.length());
        return own.equals("Tracer")
                || own.equals("LocalPool")
                || own.equals("PacketPool")
                || own.equals("PacketBuffer")
                || own.equals("EventRing");
    }
}
