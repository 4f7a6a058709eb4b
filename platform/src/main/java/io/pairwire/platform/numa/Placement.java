package io.pairwire.platform.numa;

/**
 * What is wanted of memory.
 *
 * @param pages in what pages
 * @param nodes where
 * @param prefault whether every page is there before the memory is handed out, so that nobody waits for the kernel later.
 *     Reserved pages always are
 */
public record Placement(Pages pages, NodePolicy nodes, boolean prefault) {
    /** Pages as the kernel has them, anywhere, when they are first written to. */
    public static final Placement DEFAULT = new Placement(Pages.DEFAULT, new NodePolicy.Any(), false);

    public Placement withPages(Pages wanted) {
        return new Placement(wanted, nodes, prefault);
    }

    public Placement withNodes(NodePolicy wanted) {
        return new Placement(pages, wanted, prefault);
    }

    public Placement withPrefault(boolean wanted) {
        return new Placement(pages, nodes, wanted);
    }

    /** For people. */
    public String text() {
        return pages.text() + ", " + nodes.text();
    }
}
