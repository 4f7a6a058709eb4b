package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A buffer of a {@link PacketPool}: bytes with room before and behind them, and what is known of the packet in them.
 *
 * <pre>
 *  +----------+--------------------+----------+      +------+-----------+---
 *  | headroom | length() bytes     | tailroom | next | head | length()  | …
 *  +----------+--------------------+----------+ ---> +------+-----------+---
 *             offset()                        capacity()
 * </pre>
 *
 * <p>Positions count from the first byte of the data, and multi-byte fields are in network order. Valid from allocation to
 * the last {@link #release}; then its length is 0, so that every access fails, until the same object is handed out
 * again. Who must be sure keeps {@link #handle}. Not thread-safe: several threads with a reference may read.
 */
public final class PacketBuffer {
    /** The empty answer of an exhausted pool: no bytes, no life. */
    public static final PacketBuffer NONE = new PacketBuffer(Slab.NOWHERE, Handle.NONE, 0);

    /** Stands in tables where there is no buffer: with no handle simply in use, nor idle. */
    static final PacketBuffer NOBODY = new PacketBuffer(Slab.NOWHERE, Handle.NONE, Handle.MOST_REFERENCES);

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(PacketBuffer.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int EGRESS = 0;
    private static final int INGRESS = 16;
    private static final int VLAN = 32;
    private static final int PRIORITY = 48;
    private static final long WRITTEN = 1L << 63;

    /** Of an idle buffer: no data, and no room before or behind it. */
    private static final long NO_SPAN = (long) Integer.MIN_VALUE << Integer.SIZE;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private int state; // before the span, which the JVM then lays beside it: all that is hot is in one cache line
    private long span; // offset, length
    private long ports; // egress, ingress, VLAN of 16 bits, priority of 8, and whether any metadata were written
    private long marks; // flow hash, flags
    private long epochNanos;
    private long word0;
    private long word1;
    private final int place;
    private int next = Handle.NONE;
    private final Slab home;
    private PacketBuffer root = this;

    PacketBuffer(Slab home, int place, int state) {
        this.home = home;
        this.place = place;
        this.state = state;
    }

    int place() {
        return place;
    }

    /** Does it wait for being handed out as {@code handle}? */
    boolean isIdle(int handle) {
        return state == Handle.idle(handle);
    }

    /** Makes an idle one live; nobody else may touch it before the handle is handed on. */
    void handOut(int handle, long offsetAndLength) {
        state = Handle.live(handle);
        span = offsetAndLength;
    }

    /** Resets metadata. */
    void forget() {
        if (ports == 0) return;
        ports = 0;
        marks = 0;
        epochNanos = 0;
        word0 = 0;
        word1 = 0;
    }

    /** Sees what others did before they released. */
    int state() {
        return (int) STATE.getAcquire(this);
    }

    /** For whoever holds the only reference. */
    void state(int now) {
        STATE.setOpaque(this, now);
    }

    /** What the state was; it is {@code now} if that was {@code expected}. */
    int exchange(int expected, int now) {
        return (int) STATE.compareAndExchange(this, expected, now);
    }

    /**
     * Makes this idle and ready for the next use, every access failing, if it is in use as {@code handle} by one reference
     * and nothing but metadata is to be seen to; else does nothing and answers false.
     */
    boolean free(int handle) {
        int unusual = state ^ Handle.live(handle);
        if (unusual != 0) {
            if (unusual != Handle.WRITTEN) return false;
            forget();
        }
        state = Handle.idle(Handle.successor(handle));
        span = NO_SPAN;
        return true;
    }

    /** The handle this is in use under, or would be; plainly, for whoever holds a reference. */
    int handleAsOfNow() {
        return Handle.withGenerationOf(state, place);
    }

    /** Makes every access fail. */
    void clear() {
        span = NO_SPAN;
    }

    Slab home() {
        return home;
    }

    int nextHandle() {
        return next;
    }

    /** The buffer this one is a slice of, or itself. */
    PacketBuffer root() {
        return root;
    }

    void unlink() {
        next = Handle.NONE;
        if (root != this) root = this;
    }

    /** Is this {@link #NONE}? */
    public boolean isNone() {
        return this == NONE;
    }

    /** Names this buffer until its last reference is released, see {@link LocalPool}. */
    public int handle() {
        return this == NONE ? Handle.NONE : handleAsOfNow();
    }

    /** Bytes from the start of the headroom to the end of the tailroom; of a slice, its own length. */
    public int capacity() {
        return root == this ? home.length : length();
    }

    /** Bytes of data in this buffer alone. */
    public int length() {
        return (int) span;
    }

    /** Where the data starts, from the start of the buffer; of a slice, of the buffer sliced. */
    public int offset() {
        return Math.max(0, start());
    }

    private int start() {
        return (int) (span >>> Integer.SIZE);
    }

    /** Bytes free before the data; a slice has none. */
    public int headroom() {
        return root == this ? offset() : 0;
    }

    /** Bytes free behind the data; a slice has none. */
    public int tailroom() {
        return root == this && start() >= 0 ? home.length - start() - length() : 0;
    }

    /** Data starts {@code bytes} earlier, in the headroom. */
    public PacketBuffer prepend(int bytes) {
        check(bytes, headroom(), "headroom");
        span += bytes - ((long) bytes << Integer.SIZE);
        return this;
    }

    /** Data ends {@code bytes} later, in the tailroom. */
    public PacketBuffer append(int bytes) {
        check(bytes, tailroom(), "tailroom");
        span += bytes;
        return this;
    }

    /** Cuts {@code bytes} off the front. */
    public PacketBuffer trimFront(int bytes) {
        check(bytes, length(), "data");
        span += ((long) bytes << Integer.SIZE) - bytes;
        return this;
    }

    /** Cuts {@code bytes} off the end. */
    public PacketBuffer trimEnd(int bytes) {
        check(bytes, length(), "data");
        span -= bytes;
        return this;
    }

    private void check(int bytes, int room, String of) {
        if (bytes < 0 || bytes > room) {
            throw new IllegalArgumentException(bytes + " bytes of " + room + " bytes of " + of + " in " + this);
        }
    }

    /** The memory the data lies in, among others, at {@link #position}. Valid as long as this buffer. */
    public MemorySegment memory() {
        return root.home.memory;
    }

    /** Where in {@link #memory} the data starts. */
    public long position() {
        return (long) (root.place - root.home.first) * root.home.stride + start();
    }

    public int u8(int at) {
        return memory().get(ValueLayout.JAVA_BYTE, inside(at, 1)) & 0xFF;
    }

    public int u16(int at) {
        return memory().get(U16, inside(at, 2)) & 0xFFFF;
    }

    public long u32(int at) {
        return Integer.toUnsignedLong(memory().get(U32, inside(at, 4)));
    }

    public void putU8(int at, int value) {
        memory().set(ValueLayout.JAVA_BYTE, inside(at, 1), (byte) value);
    }

    public void putU16(int at, int value) {
        memory().set(U16, inside(at, 2), (short) value);
    }

    public void putU32(int at, long value) {
        memory().set(U32, inside(at, 4), (int) value);
    }

    /** Copies {@code bytes} bytes of {@code source} to {@code at}. */
    public PacketBuffer copyFrom(MemorySegment source, long sourceAt, int at, int bytes) {
        MemorySegment.copy(source, sourceAt, memory(), inside(at, bytes), bytes);
        return this;
    }

    /** Copies {@code bytes} bytes from {@code at} on to {@code target}. */
    public void copyTo(int at, MemorySegment target, long targetAt, int bytes) {
        MemorySegment.copy(memory(), inside(at, bytes), target, targetAt, bytes);
    }

    private long inside(int at, int bytes) {
        if (at < 0 || bytes < 0 || at > length() - bytes) {
            throw pool().outside(this, bytes + " bytes at " + at);
        }
        return position() + at;
    }

    /**
     * {@code bytes} bytes of this buffer from {@code at} on, without a copy, with metadata of its own. It holds a reference
     * to the buffer and must be released itself.
     *
     * @throws PoolExhaustedException if no descriptor is free
     */
    public PacketBuffer slice(int at, int bytes) {
        inside(at, bytes);
        PacketPool pool = pool();
        LocalPool local = pool.local();
        pool.retain(root.handle());
        int descriptor = local.allocateDescriptor();
        if (descriptor == Handle.NONE) {
            local.release(root.handle());
            throw new PoolExhaustedException("no descriptor for a slice is free");
        }
        PacketBuffer slice = pool.buffer(descriptor);
        slice.root = root;
        slice.span = (long) (start() + at) << Integer.SIZE | bytes;
        pool.flag(descriptor, Handle.LINKED);
        return slice;
    }

    /**
     * Hangs {@code tail}, and what is chained behind it, behind the last buffer of this chain, which takes over the
     * caller's reference to it: releasing this one releases all. For whoever holds the only reference to this chain: nobody else
     * is surprised, and no chain holds itself through a slice, which would never come back.
     *
     * @throws IllegalArgumentException if this chain {@link #isShared}, or either is the inside of a chain
     */
    public PacketBuffer chain(PacketBuffer tail) {
        if (tail.isNone() || isNone()) throw new BufferMisuseException("there is no buffer to chain");
        if (tail.home.pool != home.pool) throw new IllegalArgumentException("buffers of two pools: " + tail);
        if (isAppended() || tail.isAppended())
            throw new IllegalArgumentException("in a chain already: " + (isAppended() ? this : tail));
        if (tail == this) throw new IllegalArgumentException("a chain of itself: " + this);
        if (isShared()) throw new IllegalArgumentException("more than one reference to the chain of " + this);
        PacketBuffer last = this;
        while (last.next != Handle.NONE) last = last.next();
        pool().flag(tail.handle(), Handle.APPENDED);
        pool().flag(last.handle(), Handle.LINKED);
        last.next = tail.handle();
        return this;
    }

    private boolean isAppended() {
        return (state & Handle.APPENDED) != 0;
    }

    /** The buffer chained behind this one, or {@link #NONE}; valid as long as the head of the chain. */
    public PacketBuffer next() {
        return next == Handle.NONE ? NONE : pool().buffer(next);
    }

    /** Is there more than one reference to this buffer or one chained behind it? Slices are references to their buffer. */
    public boolean isShared() {
        for (PacketBuffer part = this; part != NONE; part = part.next()) {
            if (pool().references(part.handle()) > 1) return true;
        }
        return false;
    }

    /** Bytes of data from here to the end of the chain. */
    public long totalLength() {
        long total = 0;
        for (PacketBuffer part = this; part != NONE; part = part.next()) total += part.length();
        return total;
    }

    /** Buffers from here to the end of the chain. */
    public int parts() {
        int parts = 0;
        for (PacketBuffer part = this; part != NONE; part = part.next()) parts++;
        return parts;
    }

    /** Takes one more reference, as {@link PacketPool#retain}. */
    public PacketBuffer retain() {
        pool().retain(handle());
        return this;
    }

    /** Gives up a reference through the calling thread's caches, as {@link LocalPool#release(int)}. */
    public void release() {
        LocalPools.mine(pool()).release(this);
    }

    private PacketPool pool() {
        if (home.pool == null) throw new BufferMisuseException("there is no buffer: the pool was exhausted");
        return home.pool;
    }

    /** The port it came in by, 0..65535. */
    public int ingressPort() {
        return (int) (ports >>> INGRESS) & 0xFFFF;
    }

    public PacketBuffer ingressPort(int port) {
        return ports(INGRESS, port);
    }

    /** The port it goes out by, 0..65535. */
    public int egressPort() {
        return (int) (ports >>> EGRESS) & 0xFFFF;
    }

    public PacketBuffer egressPort(int port) {
        return ports(EGRESS, port);
    }

    /** The tag control information of IEEE 802.1Q: priority, drop eligible, VLAN id; 0..65535. */
    public int vlan() {
        return (int) (ports >>> VLAN) & 0xFFFF;
    }

    public PacketBuffer vlan(int tagControl) {
        return ports(VLAN, tagControl);
    }

    private PacketBuffer ports(int shift, int value) {
        markWritten();
        ports = ports & ~(0xFFFFL << shift) | (value & 0xFFFFL) << shift;
        return this;
    }

    /** Sees to it that the release resets metadata, as it does anyway where there was a second reference. */
    private void markWritten() {
        if (ports < 0) return;
        int now = state;
        if (Handle.references(now) == 0) throw pool().misuse(handle(), now);
        if ((now & Handle.SHARED) == 0) state = now | Handle.WRITTEN; // the only reference is the caller's
        ports |= WRITTEN;
    }

    /** Nanoseconds since 1970. */
    public long epochNanos() {
        return epochNanos;
    }

    public PacketBuffer epochNanos(long nanos) {
        markWritten();
        epochNanos = nanos;
        return this;
    }

    /** 32 bits that mean what the user likes. */
    public int flags() {
        return (int) marks;
    }

    public PacketBuffer flags(int bits) {
        markWritten();
        marks = marks >>> Integer.SIZE << Integer.SIZE | Integer.toUnsignedLong(bits);
        return this;
    }

    /** 0..255. */
    public int priority() {
        return (int) (ports >>> PRIORITY) & 0xFF;
    }

    public PacketBuffer priority(int level) {
        return ports(PRIORITY, level & 0xFF); // the bits above are 0 or WRITTEN, which stays
    }

    public int flowHash() {
        return (int) (marks >>> Integer.SIZE);
    }

    public PacketBuffer flowHash(int hash) {
        markWritten();
        marks = (long) hash << Integer.SIZE | Integer.toUnsignedLong((int) marks);
        return this;
    }

    /** One of two words for the user, {@code number} 0 or 1. */
    public long userWord(int number) {
        return switch (number) {
            case 0 -> word0;
            case 1 -> word1;
            default -> throw new IllegalArgumentException("not user word 0 or 1: " + number);
        };
    }

    public PacketBuffer userWord(int number, long value) {
        markWritten();
        switch (number) {
            case 0 -> word0 = value;
            case 1 -> word1 = value;
            default -> throw new IllegalArgumentException("not user word 0 or 1: " + number);
        }
        return this;
    }

    @Override
    public String toString() {
        return isNone() ? "no buffer" : "buffer " + Handle.text(handle()) + " of " + length() + " bytes";
    }
}
