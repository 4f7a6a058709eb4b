package io.pairwire.memory.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where the memory of buffers comes from. Asked for a whole slab at a time, never on the packet path, by one thread at a
 * time for each pool.
 */
public interface MemorySource {
    /** Of {@link #node}: nothing is known of where the memory lies. */
    int ANY_NODE = -1;

    /**
     * At least {@code bytes} of zeroed memory, starting on a multiple of 64 if it is native, which any thread may use.
     *
     * @param bytes at least 1
     * @throws MemoryUnavailableException if there is not that much
     */
    MemoryBlock allocate(long bytes);

    /** What is obtained, for people: the kind of memory, the page size, the node. */
    String description();

    /** The NUMA node the memory is bound to, or {@link #ANY_NODE}. */
    default int node() {
        return ANY_NODE;
    }

    /** What was asked for and what was got, of all memory that exists now; none if the source has nothing to choose. */
    default List<MemoryGrant> grants() {
        return List.of();
    }

    /** Native memory in pages of the usual length, freed when its slab is. */
    static MemorySource offHeap() {
        return new MemorySource() {
            @Override
            public MemoryBlock allocate(long bytes) {
                Arena arena = Arena.ofShared();
                try {
                    return new MemoryBlock(arena.allocate(bytes, SizeClass.LINE), arena::close);
                } catch (OutOfMemoryError e) {
                    arena.close();
                    throw new MemoryUnavailableException(bytes + " bytes off the heap", e);
                }
            }

            @Override
            public String description() {
                return "off-heap, default pages";
            }
        };
    }

    /** Arrays on the heap, at most 1 GiB a slab; for places where native memory is not to be had. */
    static MemorySource heap() {
        return new MemorySource() {
            @Override
            public MemoryBlock allocate(long bytes) {
                if (bytes > 1 << 30) throw new MemoryUnavailableException(bytes + " bytes in one array", null);
                try {
                    // longs, so that accesses of up to 8 bytes may be aligned
                    return new MemoryBlock(MemorySegment.ofArray(new long[(int) (bytes + 7 >> 3)]), () -> {});
                } catch (OutOfMemoryError e) {
                    throw new MemoryUnavailableException(bytes + " bytes on the heap", e);
                }
            }

            @Override
            public String description() {
                return "heap";
            }
        };
    }
}
