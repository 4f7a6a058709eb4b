package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;

class PrinterFuzzTest {

    @FuzzTest
    void every_printer_prints_any_packet(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.NULL,
            LinkType.RAW,
            LinkType.IPV6,
            LinkType.PPP,
            LinkType.IEEE802_11_RADIOTAP,
            LinkType.IEEE802_15_4_NOFCS
        });
        int missing = input.consumeInt(0, 2048);
        byte[] bytes = input.consumeRemainingAsBytes();
        var packet = Printed.packet(bytes, bytes.length + missing, linkType);
        for (PacketPrinter printer : PrinterProperties.printers()) {
            assertTrue(Printed.by(printer, packet).endsWith("\n"));
        }
    }
}
