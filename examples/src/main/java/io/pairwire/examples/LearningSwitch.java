package io.pairwire.examples;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The loop of an Ethernet switch with four ports: learns behind which port an address lives, forwards what is known, floods
 * the rest by one buffer with a reference for each port. A capture takes the place of the network; the last byte of the
 * source address says by which port a frame came in. Prints how many frames were flooded, and sent by each port.
 */
public final class LearningSwitch {
    private static final int PORTS = 4;

    private final PacketPool pool = PacketPool.shared();
    private final Map<Long, Integer> learned = new HashMap<>();
    private final long[] sent = new long[PORTS];
    private long flooded;

    private LearningSwitch() {}

    private void receive(Packet packet) {
        PacketBuffer frame = pool.allocate(packet.capturedLength()).ingressPort(packet.u8(11) % PORTS);
        frame.copyFrom(packet.memory(), packet.start(), 0, packet.capturedLength());
        learned.put(address(frame, 6), frame.ingressPort());
        Integer known = learned.get(address(frame, 0));
        if (known == null) flooded++;
        for (int port = 0; port < PORTS; port++) {
            if (port != frame.ingressPort() && (known == null || known == port)) send(frame.retain(), port);
        }
        frame.release();
    }

    private static long address(PacketBuffer frame, int at) {
        return (long) frame.u16(at) << 32 | frame.u32(at + 2);
    }

    /** Takes over a reference, as a transmit ring would. */
    private void send(PacketBuffer frame, int port) {
        sent[port]++;
        frame.release();
    }

    /** @param arguments captures of Ethernet frames */
    public static void main(String... arguments) throws IOException {
        var ethernet = new LearningSwitch();
        try (var source = FileSource.open(List.of(arguments))) {
            while (source.poll(ethernet::receive, 256) != PacketSource.END) Thread.onSpinWait();
        }
        System.out.println(ethernet.learned.size() + " addresses, " + ethernet.flooded + " frames flooded");
        for (int port = 0; port < PORTS; port++) System.out.println("port " + port + ": " + ethernet.sent[port]);
    }
}
