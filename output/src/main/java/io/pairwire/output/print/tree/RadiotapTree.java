package io.pairwire.output.print.tree;

/** What a radio card tells about a frame; numbers are little-endian. */
final class RadiotapTree {
    static final HeaderTree TREE = HeaderTree.of("Radiotap", "LINKTYPE_IEEE802_11_RADIOTAP")
            .bytes("version", 1, Form.DECIMAL)
            .bytes("padding", 1, Form.HEX)
            .bytes("length", 2, (_, _, value, line) -> line.decimal(Short.reverseBytes((short) value) & 0xffff))
            .bytes(
                    "present",
                    4,
                    (_, _, value, line) ->
                            line.text("0x").hex(Integer.toUnsignedLong(Integer.reverseBytes((int) value)), 8))
            .options((_, _, from, to, lines) ->
                    lines.begin(from, to - from, "fields").decimal(to - from).text(" bytes"));

    private RadiotapTree() {}
}
