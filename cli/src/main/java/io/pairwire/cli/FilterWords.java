package io.pairwire.cli;

import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.ir.DecisionTree;

/** What the filter workshop says about a filter, in words. */
final class FilterWords {
    private FilterWords() {}

    /** How it was understood, unless that is empty, what is asked of a packet, and how it runs; with a new line at the end. */
    static String explained(Filter filter, String understood) {
        String before = understood.isEmpty() ? "" : "It was understood as:\n" + understood.indent(2) + "\n";
        String asked = filter.program().map(DecisionTree::of).orElseGet(filter::steps);
        return before + "What is asked of a packet:\n" + asked.indent(2) + "\nIt " + runs(filter) + "; "
                + kernel(filter) + ".\n";
    }

    static String kernel(Filter filter) {
        try {
            return "a kernel takes it, " + filter.toBpf().instructions().size() + " instructions";
        } catch (UnsupportedOperationException e) {
            return "a kernel does not take it: " + e.getMessage();
        }
    }

    static String runs(Filter filter) {
        if (filter.isCompiled()) return "runs as bytecode of the JVM";
        return filter.program().isPresent()
                ? "is interpreted step by step, since it is too large for the JVM to compile"
                : "is interpreted step by step, as VFM";
    }
}
