package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;
import java.util.function.IntFunction;

/** How the value of a field looks. */
@FunctionalInterface
interface Form {
    Form DECIMAL = (_, _, value, line) -> line.decimal(value);
    Form HEX = (_, _, value, line) -> line.text("0x").hex(value);
    Form FLAG = (_, _, value, line) -> line.text(value == 0 ? "no" : "yes");
    Form MAC = (_, _, value, line) -> line.mac(value);
    Form IPV4 = (_, _, value, line) -> line.ipv4(value);
    Form IPV6 = (packet, at, _, line) -> line.ipv6(packet.u64(at), packet.u64(at + 8));

    /**
     * Appends the value.
     *
     * @param at where the byte is that the field begins in
     * @param value the field as an unsigned number if it has at most 64 bits, otherwise 0
     */
    void print(Packet packet, int at, long value, Line line);

    /** A number counted in units of several bytes. */
    static Form bytes(int unit) {
        return (_, _, value, line) -> line.decimal(value * unit).text(" bytes");
    }

    /** A number, and its name in parentheses if it has one. */
    static Form named(IntFunction<String> names) {
        return (_, _, value, line) -> named(names.apply((int) value), line.decimal(value));
    }

    /** The same with a number in hexadecimal of that many digits. */
    static Form namedHex(int digits, IntFunction<String> names) {
        return (_, _, value, line) ->
                named(names.apply((int) value), line.text("0x").hex(value, digits));
    }

    private static void named(String name, Line line) {
        if (!name.isEmpty()) line.text(" (").text(name).text(')');
    }
}
