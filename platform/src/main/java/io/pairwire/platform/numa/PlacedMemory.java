package io.pairwire.platform.numa;

import io.pairwire.platform.Errno;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Memory in chosen pages on chosen nodes. Where the kernel has no such pages the next smaller ones are taken, where it refuses
 * the node any other; each way of falling back is told in one line, the first time, and every byte is in {@link #grants}.
 *
 * <p>Pieces are cut from regions of whole pages, so many small ones share one huge page, and a region goes back to the kernel when
 * its last piece is closed. Any thread may call; not made for paths on which microseconds count.
 */
public final class PlacedMemory {
    // A region is bound before anybody touches it, since a page that is there stays where it is. Reserved pages are
    // always made to be there at once, by a call that can say no: a page missing later would be a SIGBUS, and that
    // is the end of a JVM.

    /** Pieces start on multiples of this. */
    private static final long ALIGNMENT = 64;

    private static final long MOST_BYTES = 1L << 46;

    private final Placement wanted;
    private final NumaTopology topology;
    private final PageSupport support;
    private final MemoryCalls calls;
    private final Consumer<String> notices;
    private final List<Region> regions = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    /**
     * @param topology the nodes there are
     * @param support the pages there are
     * @param notices told of each way of falling back once, by the thread that allocates
     */
    public PlacedMemory(
            Placement wanted, NumaTopology topology, PageSupport support, MemoryCalls calls, Consumer<String> notices) {
        this.wanted = wanted;
        this.topology = topology;
        this.support = support;
        this.calls = calls;
        this.notices = notices;
    }

    /** Of this machine; of a machine with one node and usual pages, if it does not tell what it has. */
    public static PlacedMemory here(Placement wanted, Consumer<String> notices) {
        return of(NumaTopology.SYS, wanted, MemoryCalls.linux(), notices);
    }

    /** @param sys tells of nodes and pages */
    static PlacedMemory of(Path sys, Placement wanted, MemoryCalls calls, Consumer<String> notices) {
        try {
            return new PlacedMemory(wanted, NumaTopology.read(sys), PageSupport.read(sys), calls, notices);
        } catch (IOException e) { // no reason to have no memory
            notices.accept("memory: nodes and pages are not known: " + e.getMessage());
            return new PlacedMemory(wanted, NumaTopology.UNKNOWN, PageSupport.NONE, calls, notices);
        }
    }

    /** Zeroed memory, at least as long as asked for, that any thread may use until it is closed. */
    public final class Piece implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment memory;
        private final Pages pages;

        @SuppressWarnings("restricted") // inside a region that stays mapped until this arena is closed
        private Piece(Region region, long address, long bytes) {
            pages = region.pages;
            memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, _ -> leave(region));
        }

        /** Its bytes. */
        public MemorySegment memory() {
            return memory;
        }

        /** In what pages it was obtained. */
        public Pages pages() {
            return pages;
        }

        /** Once; a use after that throws. */
        @Override
        public void close() {
            arena.close();
        }
    }

    private static final class Region {
        final long mapped;
        final long mappedBytes;
        final long start;
        final long bytes;
        final Binding binding;
        final Pages pages;
        String reason = "";
        boolean bound;
        long used;
        int pieces;

        Region(long mapped, long mappedBytes, long start, long bytes, Binding binding, Pages pages) {
            this.mapped = mapped;
            this.mappedBytes = mappedBytes;
            this.start = start;
            this.bytes = bytes;
            this.binding = binding;
            this.pages = pages;
        }

        boolean holds(long more, Binding other) {
            return bytes - used >= more && binding.equals(other);
        }

        String obtained() {
            return pages.text() + ", " + (bound || binding.isNone() ? binding.text() : "any node");
        }
    }

    /**
     * A piece of memory.
     *
     * @param bytes from 1
     * @throws SystemCallException if there is not that much of any kind
     */
    public synchronized Piece allocate(long bytes) throws SystemCallException {
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("bytes is not in 1.." + MOST_BYTES + ": " + bytes);
        }
        long length = up(bytes, ALIGNMENT);
        Binding binding = Binding.of(wanted.nodes(), topology, calls);
        Region region = null;
        for (Region each : regions) if (each.holds(length, binding)) region = each;
        if (region == null) {
            region = open(length, binding);
            regions.add(region);
            tell(region);
        }
        long at = region.start + region.used;
        region.used += length;
        region.pieces++;
        return new Piece(region, at, bytes);
    }

    private void tell(Region region) {
        if (region.reason.isEmpty()) return;
        String line = "memory: asked for " + wanted.text() + "; got " + region.obtained() + ": " + region.reason;
        if (told.add(line)) notices.accept(line);
    }

    private Region open(long bytes, Binding binding) throws SystemCallException {
        Set<String> reasons = new LinkedHashSet<>();
        if (!binding.missing().isEmpty()) reasons.add(binding.missing());
        Pages pages = wanted.pages();
        while (true) {
            try {
                if (pages == Pages.TRANSPARENT && !support.hasTransparent()) {
                    reasons.add("transparent huge pages are off: " + PageSupport.TRANSPARENT + " says "
                            + support.transparent().orElse("nothing"));
                    pages = Pages.DEFAULT;
                }
                Region region = open(pages, bytes, binding, reasons);
                region.reason = String.join("; ", reasons);
                return region;
            } catch (SystemCallException e) {
                if (pages == Pages.DEFAULT) throw e;
                reasons.add(reason(pages, e));
                pages = pages.smaller();
            }
        }
    }

    private Region open(Pages pages, long bytes, Binding binding, Collection<String> reasons)
            throws SystemCallException {
        long unit = unit(pages);
        long length = up(bytes, unit);
        long mappedBytes = pages == Pages.TRANSPARENT ? length + unit : length; // the kernel aligns the others
        long mapped = calls.map(mappedBytes, flags(pages));
        var region = new Region(mapped, mappedBytes, up(mapped, unit), length, binding, pages);
        boolean done = false;
        try {
            bind(region, reasons);
            if (pages == Pages.TRANSPARENT) calls.advise(region.start, length, MemoryCalls.MADV_HUGEPAGE);
            if (wanted.prefault() || pages.isReserved()) populate(region);
            done = true;
            return region;
        } finally {
            if (!done) calls.unmap(mapped, mappedBytes);
        }
    }

    private long unit(Pages pages) {
        return switch (pages) {
            case DEFAULT -> calls.pageBytes();
            case TRANSPARENT -> support.transparentBytes();
            case HUGE_2M, HUGE_1G -> pages.bytes();
        };
    }

    private static int flags(Pages pages) {
        if (!pages.isReserved()) return 0;
        return Linux.MAP_HUGETLB | Long.numberOfTrailingZeros(pages.bytes()) << Linux.MAP_HUGE_SHIFT;
    }

    private void bind(Region region, Collection<String> reasons) {
        Binding binding = region.binding;
        if (binding.isNone()) return;
        try {
            calls.bind(region.start, region.bytes, binding.mode(), binding.nodes());
            region.bound = true;
        } catch (SystemCallException e) {
            String cure = e.errno() == Errno.EPERM ? ", as of a container without CAP_SYS_NICE" : "";
            reasons.add(e.getMessage() + cure);
        }
    }

    private void populate(Region region) throws SystemCallException {
        try {
            calls.advise(region.start, region.bytes, MemoryCalls.MADV_POPULATE_WRITE);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EINVAL || region.pages.isReserved()) throw e;
            touch(region); // a kernel before 5.14
        }
    }

    @SuppressWarnings("restricted") // it is mapped, and nobody else knows of it
    private void touch(Region region) {
        MemorySegment all = MemorySegment.ofAddress(region.start).reinterpret(region.bytes);
        for (long at = 0; at < region.bytes; at += calls.pageBytes())
            all.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at, (byte) 0);
    }

    private String reason(Pages pages, SystemCallException refused) {
        if (!pages.isReserved()) return pages.text() + ": " + refused.getMessage();
        HugePages reserve = support.reserve(pages.bytes());
        String cure = pages == Pages.HUGE_2M
                ? "sudo sysctl vm.nr_hugepages=N reserves N"
                : "boot with hugepagesz=1G hugepages=N";
        return pages.text() + ": " + refused.getMessage() + " (" + reserve.free() + " of " + reserve.total()
                + " in the reserve were free; " + cure + ")";
    }

    private static long up(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    private synchronized void leave(Region region) {
        if (--region.pieces > 0) return;
        regions.remove(region);
        try {
            calls.unmap(region.mapped, region.mappedBytes);
        } catch (SystemCallException e) { // a whole mapping of our own
            throw new IllegalStateException(e);
        }
    }

    /** What exists now, by what was asked for and what came of it. */
    public synchronized List<Grant> grants() {
        var bytes = new LinkedHashMap<Grant, Long>();
        for (Region region : regions) {
            bytes.merge(new Grant(wanted.text(), region.obtained(), region.reason, 0), region.bytes, Long::sum);
        }
        return bytes.entrySet().stream()
                .map(each -> new Grant(
                        each.getKey().asked(),
                        each.getKey().obtained(),
                        each.getKey().reason(),
                        each.getValue()))
                .toList();
    }

    /** What the kernel says the pages really are; reads {@code /proc/self/smaps}, which takes milliseconds. */
    public MappedPages survey() throws IOException {
        var ranges = new ArrayList<MappedPages.Range>();
        synchronized (this) {
            for (Region region : regions) ranges.add(new MappedPages.Range(region.start, region.bytes));
        }
        return MappedPages.of(ranges, calls);
    }

    /** The one node on which all of it was asked to lie and is bound to, or -1. */
    public synchronized int node() {
        int node = switch (wanted.nodes()) {
            case NodePolicy.Bind(int number) -> number;
            case NodePolicy.Preferred(int number) -> number;
            case NodePolicy.Any _, NodePolicy.Local _, NodePolicy.Interleave _ -> -1;
        };
        return regions.stream().allMatch(region -> region.bound) && topology.has(node) ? node : -1;
    }

    /** What was wanted. */
    public Placement wanted() {
        return wanted;
    }
}
