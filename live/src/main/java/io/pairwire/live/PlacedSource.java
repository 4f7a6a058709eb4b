package io.pairwire.live;

import io.pairwire.memory.pool.MemoryBlock;
import io.pairwire.memory.pool.MemoryGrant;
import io.pairwire.memory.pool.MemorySource;
import io.pairwire.memory.pool.MemoryUnavailableException;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.Grant;
import io.pairwire.platform.numa.MappedPages;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.numa.Placement;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Memory for a pool in chosen pages on chosen nodes, as far as the kernel gives them.
 *
 * <pre>{@code
 * var wanted = Placement.DEFAULT.withPages(Pages.HUGE_2M).withNodes(new NodePolicy.Bind(1));
 * var settings = PoolSettings.defaults().withSource(PlacedSource.here(wanted, System.err::println));
 * }</pre>
 *
 * <p>Needs {@code --enable-native-access}.
 */
public final class PlacedSource implements MemorySource {
    private final PlacedMemory memory;

    public PlacedSource(PlacedMemory memory) {
        this.memory = memory;
    }

    /**
     * On this machine. Where that is no Linux, {@link MemorySource#offHeap} with a notice.
     *
     * @param notices told of each way of falling back, once, in a line, by the thread that allocates
     */
    public static MemorySource here(Placement wanted, Consumer<String> notices) {
        if (System.getProperty("os.name").startsWith("Linux")) {
            return new PlacedSource(PlacedMemory.here(wanted, notices));
        }
        notices.accept("memory: asked for " + wanted.text() + "; got default pages, any node: only Linux lets choose");
        return MemorySource.offHeap();
    }

    @Override
    public MemoryBlock allocate(long bytes) {
        try {
            PlacedMemory.Piece piece = memory.allocate(bytes);
            return new MemoryBlock(piece.memory(), piece::close);
        } catch (SystemCallException e) {
            throw new MemoryUnavailableException(bytes + " bytes", e);
        }
    }

    @Override
    public String description() {
        String obtained =
                memory.grants().stream().map(Grant::obtained).distinct().collect(Collectors.joining(" and "));
        return obtained.isEmpty() ? memory.wanted().text() : obtained;
    }

    @Override
    public int node() {
        return memory.node();
    }

    @Override
    public List<MemoryGrant> grants() {
        return memory.grants().stream().map(PlacedSource::grant).toList();
    }

    /** What the kernel says the pages really are; reads {@code /proc/self/smaps}, which takes milliseconds. */
    public MappedPages survey() throws IOException {
        return memory.survey();
    }

    private static MemoryGrant grant(Grant grant) {
        return new MemoryGrant(grant.asked(), grant.obtained(), grant.reason(), grant.bytes());
    }
}
