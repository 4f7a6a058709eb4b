package io.pairwire.decode.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Packets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class HeaderChecksProperties {

    /** The memory ends where the packet ends, so a read past it throws. */
    @Property(tries = 3000)
    void an_accepted_header_is_read_inside_the_captured_bytes(@ForAll @Size(max = 80) byte[] bytes) {
        Packet packet = Packets.packet(bytes, 1);
        Stream.concat(GoldenHeadersTest.headers(), TunnelHeaders.headers()).forEach(golden -> {
            if (golden.check().check(packet, 0, bytes.length) == Verdict.OK) {
                assertNotNull(golden.header().header(packet, 0), golden.name());
            }
        });
    }
}
