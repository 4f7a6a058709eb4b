package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import io.pairwire.output.print.summary.Dump;
import io.pairwire.output.print.summary.SummaryPrinter;
import io.pairwire.output.print.summary.SummaryStyle;
import io.pairwire.output.print.summary.TimeStyle;
import io.pairwire.output.print.tree.TreePrinter;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The memory of a packet ends where the packet ends, so a look past it throws. */
class PrinterProperties {
    private static final int[] LINK_TYPES = {
        LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL, LinkType.RAW, LinkType.PPP, 12345
    };

    private static final List<byte[]> FRAMES = List.of(
            Frame.tcp("10.0.0.1", 1, "10.0.0.2", 80)
                    .options(new byte[] {2, 4, 5, 0, 8, 10, 0, 0, 0, 1})
                    .toEthernet(),
            Frame.udp("fe80::1", 1, "fe80::2", 4789)
                    .vlan(1)
                    .payload(new byte[60])
                    .toEthernet(),
            Frame.sctp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[40]).toEthernet(),
            Frame.icmpEcho("fe80::1", "fe80::2", 1, 2).payload(new byte[60]).toEthernet(),
            Frame.icmpEcho("10.0.0.1", "10.0.0.2", 1, 2).payload(new byte[60]).toEthernet(),
            Frame.ip("10.0.0.1", "10.0.0.2", 47).payload(new byte[60]).toEthernet(),
            Frame.ip("fe80::1", "fe80::2", 60).payload(new byte[60]).mpls(5).toEthernet(),
            Frame.arp("10.0.0.1", "10.0.0.2").toEthernet(),
            Frame.ethernet(0x8864).payload(new byte[40]).toEthernet(),
            Frame.ethernet(40).payload(new byte[40]).toEthernet());

    static List<PacketPrinter> printers() {
        var quiet = new SummaryStyle(TimeStyle.TIME_OF_DAY, 0, false, false, false, false, false, false, Dump.NONE);
        var loud = new SummaryStyle(TimeStyle.SINCE_PREVIOUS, 2, true, true, false, true, true, true, Dump.HEX_ASCII);
        var short_ = new SummaryStyle(TimeStyle.SINCE_FIRST, 0, false, true, true, false, false, true, Dump.ASCII_LINK);
        return List.of(
                new SummaryPrinter(quiet, _ -> 6),
                new SummaryPrinter(loud, _ -> 9),
                new SummaryPrinter(short_, _ -> 6),
                new TreePrinter(_ -> "x", true),
                new FieldPrinter(Arrays.asList(PacketField.values()), _ -> "x"));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void any_bytes_are_printed_by_every_printer(
            @ForAll @Size(max = 200) byte[] bytes,
            @ForAll @IntRange(max = 6) int linkType,
            @ForAll @IntRange(max = 300) int missing) {
        var packet = Printed.packet(bytes, bytes.length + missing, LINK_TYPES[linkType]);
        for (PacketPrinter printer : printers())
            assertTrue(Printed.by(printer, packet).endsWith("\n"));
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void a_frame_with_wrong_bytes_is_printed_by_every_printer(
            @ForAll @IntRange(max = 9) int frame,
            @ForAll @IntRange(max = 120) int at,
            @ForAll byte value,
            @ForAll @IntRange(max = 120) int at2,
            @ForAll byte value2,
            @ForAll @IntRange(max = 120) int cut) {
        byte[] whole = FRAMES.get(frame).clone();
        whole[at % whole.length] = value;
        whole[at2 % whole.length] = value2;
        byte[] captured = Arrays.copyOf(whole, Math.max(0, whole.length - Math.max(0, cut - 60)));
        var packet = Printed.packet(captured, whole.length, LinkType.ETHERNET);
        for (PacketPrinter printer : printers())
            assertTrue(Printed.by(printer, packet).endsWith("\n"));
    }
}
