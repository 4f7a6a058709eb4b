package io.pairwire.examples;

import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PacketSourceContract;
import io.pairwire.decode.craft.Frame;
import java.util.HexFormat;
import java.util.List;

class PingSourceTest extends PacketSourceContract {
    @Override
    protected PacketSource source() {
        return new PingSource(2);
    }

    @Override
    protected List<Expected> expected() {
        return List.of(
                packet(0, Frame.icmpEcho("10.0.0.7", "192.0.2.1", 77, 0)),
                packet(100_000, Frame.icmpEcho("192.0.2.1", "10.0.0.7", 77, 0).reply()),
                packet(1_000_000, Frame.icmpEcho("10.0.0.7", "192.0.2.1", 77, 1)),
                packet(1_100_000, Frame.icmpEcho("192.0.2.1", "10.0.0.7", 77, 1).reply()));
    }

    private static Expected packet(long after, Frame frame) {
        return new Expected(
                PingSource.START + after, "cafe0001" + HexFormat.of().formatHex(frame.toEthernet()));
    }
}
