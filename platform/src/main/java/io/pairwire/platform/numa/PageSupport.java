package io.pairwire.platform.numa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What pages a kernel has to give, as it was when it was looked at.
 *
 * @param hugePages the reserves of the whole machine, by growing page
 * @param transparent what {@code transparent_hugepage/enabled} says, the mode in force in brackets; empty if the kernel has none
 * @param transparentBytes a transparent huge page
 */
public record PageSupport(List<HugePages> hugePages, Optional<String> transparent, long transparentBytes) {
    /** Says how transparent huge pages are given. */
    public static final Path TRANSPARENT = NumaTopology.SYS.resolve("kernel/mm/transparent_hugepage/enabled");

    private static final long USUAL = 2 << 20;

    /** Of a machine that tells nothing. */
    public static final PageSupport NONE = new PageSupport(List.of(), Optional.empty(), USUAL);

    public PageSupport {
        hugePages = List.copyOf(hugePages);
        if (transparentBytes < 1 || Long.bitCount(transparentBytes) != 1) {
            throw new IllegalArgumentException("transparentBytes is no power of two: " + transparentBytes);
        }
    }

    /** Of this machine. */
    public static PageSupport here() throws IOException {
        return read(NumaTopology.SYS);
    }

    /** Of the machine that such a tree describes; where it does not say, there is nothing. */
    public static PageSupport read(Path sys) throws IOException {
        Path kernel = sys.resolve("kernel/mm");
        Path enabled = kernel.resolve("transparent_hugepage/enabled");
        Path length = kernel.resolve("transparent_hugepage/hpage_pmd_size");
        return new PageSupport(
                SystemFiles.hugePages(kernel.resolve("hugepages")),
                Files.isReadable(enabled)
                        ? Optional.of(Files.readString(enabled).strip())
                        : Optional.empty(),
                Files.isReadable(length) ? SystemFiles.number(length) : USUAL);
    }

    /** Does the kernel join pages if it is asked to? */
    public boolean hasTransparent() {
        return transparent.isPresent() && !transparent.get().contains("[never]");
    }

    /** The reserve of pages of that length; an empty one if the kernel knows none. */
    public HugePages reserve(long pageBytes) {
        return hugePages.stream()
                .filter(each -> each.bytes() == pageBytes)
                .findFirst()
                .orElse(new HugePages(pageBytes, 0, 0));
    }
}
