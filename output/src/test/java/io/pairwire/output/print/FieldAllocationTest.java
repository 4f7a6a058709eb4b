package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.testkit.Allocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FieldAllocationTest {
    @Test
    void a_row_with_every_field_costs_no_heap() throws IOException {
        Packet[] packets = {
            Printed.ethernet(Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).toEthernet()),
            Printed.ethernet(Frame.udp("2001:db8::1", 1, "fe80::2", 2).vlan(7).toEthernet()),
            Printed.ethernet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet())
        };
        var printer = new FieldPrinter(Arrays.asList(PacketField.values()), _ -> "a.pcap");
        try (var printed = new PrintedPackets(new Nowhere(), printer)) {
            Runnable body = () -> {
                try {
                    for (Packet packet : packets) printed.print(packet);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            assertEquals(0.0, Allocations.bytesPerCall(body, 10_000));
        }
    }

    private static final class Nowhere implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int taken = source.remaining();
            source.position(source.limit());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
