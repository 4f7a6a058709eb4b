package io.pairwire.engine.compare;

import java.io.Closeable;
import java.io.IOException;

/** A finished comparison: its report, and what became of every packet, until it is closed. */
public final class Comparison implements Closeable {
    private final CompareReport report;
    private final Side a;
    private final Side b;
    private final Scratch[] memory;

    /** What became of one packet. */
    public enum Fate {
        /** It has a partner, and they are the same in all fields. */
        SAME,
        /** It has a partner, and they differ in some field or in their order. */
        CHANGED,
        /** The other capture lacks it. */
        MISSING,
        /** It is there more often than on the other side. */
        DUPLICATE,
        /** Its bytes are in other segments on the other side. */
        RESEGMENTED,
        /** Its bytes are in other fragments on the other side. */
        REFRAGMENTED
    }

    Comparison(CompareReport report, Side a, Side b, Scratch[] memory) {
        this.report = report;
        this.a = a;
        this.b = b;
        this.memory = memory;
    }

    public CompareReport report() {
        return report;
    }

    /** @param number in the order in which the capture was read, from 1 */
    public Fate fate(boolean ofA, long number) {
        Side side = ofA ? a : b;
        int partner = side.partner((int) number - 1);
        return switch (partner) {
            case 0 -> Fate.MISSING;
            case Side.DUPLICATE -> Fate.DUPLICATE;
            case Side.RESEGMENTED -> Fate.RESEGMENTED;
            case Side.REFRAGMENTED -> Fate.REFRAGMENTED;
            default -> side.changes((int) number - 1) == 0 ? Fate.SAME : Fate.CHANGED;
        };
    }

    /** What reports call the packet: its number in its file, or over all files if there are several. */
    public long told(boolean ofA, long number) {
        return (ofA ? a : b).told((int) number - 1);
    }

    /** The number of the partner, as the others count, 0 without. */
    public long partner(boolean ofA, long number) {
        return Math.max((ofA ? a : b).partner((int) number - 1), 0);
    }

    /** Does that field differ between the packet and its partner? */
    public boolean differs(boolean ofA, long number, FieldChange change) {
        return ((ofA ? a : b).changes((int) number - 1) & change.bit()) != 0;
    }

    /** Are the packet and its partner out of order? */
    public boolean isReordered(boolean ofA, long number) {
        return ((ofA ? a : b).changes((int) number - 1) & Side.MOVED) != 0;
    }

    @Override
    public void close() throws IOException {
        for (Scratch part : memory) part.close();
    }
}
