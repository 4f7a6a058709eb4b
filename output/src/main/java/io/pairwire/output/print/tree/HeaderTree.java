package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to tell about one kind of header: its name, the standard that defines it, and its fields from front to
 * back. Immutable; each method of construction answers a new table.
 */
final class HeaderTree {
    private static final int BITS = 8;

    private final String name;
    private final String reference;
    private final List<HeaderField> fields;
    private final Options options;
    private final Length length;

    /** What follows the fixed fields of a header. */
    @FunctionalInterface
    interface Options {
        /** Prints what lies between the fixed fields and the end of the header. */
        void print(Packet packet, int at, int from, int to, TreeLines lines);
    }

    /** How long a header is with everything that follows its fixed fields. */
    @FunctionalInterface
    interface Length {
        /** Bytes of the header at {@code at}, which is whole. */
        int of(Packet packet, int at);
    }

    private static final Options NONE = (_, _, _, _, _) -> {};

    private HeaderTree(String name, String reference, List<HeaderField> fields, Options options, Length length) {
        this.name = name;
        this.reference = reference;
        this.fields = List.copyOf(fields);
        this.options = options;
        this.length = length;
    }

    /** A header without fields as yet; {@code reference} such as {@code RFC 768}. */
    static HeaderTree of(String name, String reference) {
        return new HeaderTree(name, reference, List.of(), NONE, (_, _) -> 0);
    }

    /** Adds a field of whole bytes behind those already there. */
    HeaderTree bytes(String name, int bytes, Form form) {
        return bits(name, bytes * BITS, form);
    }

    /** Adds a field of some bits behind those already there. */
    HeaderTree bits(String name, int bits, Form form) {
        var more = new ArrayList<>(fields);
        more.add(new HeaderField(name, bitsOf(fields), bits, form));
        return new HeaderTree(this.name, reference, more, options, length);
    }

    /** Says how to print what follows the fields. */
    HeaderTree options(Options options) {
        return new HeaderTree(name, reference, fields, options, length);
    }

    /** Says how long a header is that does not end with its fixed fields. */
    HeaderTree length(Length length) {
        return new HeaderTree(name, reference, fields, options, length);
    }

    private static int bitsOf(List<HeaderField> fields) {
        return fields.isEmpty() ? 0 : fields.getLast().bit() + fields.getLast().bits();
    }

    String name() {
        return name;
    }

    String reference() {
        return reference;
    }

    List<HeaderField> fields() {
        return fields;
    }

    Options options() {
        return options;
    }

    /** Bytes of the header at {@code at}, which is whole. */
    int length(Packet packet, int at) {
        return Math.max(fixedLength(), length.of(packet, at));
    }

    /** Bytes of the fields that every such header has. */
    int fixedLength() {
        return (bitsOf(fields) + BITS - 1) / BITS;
    }
}
