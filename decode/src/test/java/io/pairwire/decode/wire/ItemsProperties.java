package io.pairwire.decode.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Packets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The memory ends where the packet ends, so a read past it throws. */
class ItemsProperties {

    @Property(tries = 2000)
    void a_walk_moves_on_and_stays_inside_whatever_the_lengths_say(@ForAll @Size(max = 120) byte[] bytes) {
        AllItems.walkAll(Packets.packet(bytes, 1));
    }

    @Property(tries = 2000)
    void chunks_are_walked_as_far_as_they_were_captured(@ForAll @Size(max = 120) byte[] bytes, @ForAll byte more) {
        Packet packet = Packets.packet(bytes, 1);
        int steps = AllItems.walk(new SctpChunks().moveTo(packet, 0, bytes.length + (more & 0xff), bytes.length));
        assertTrue(steps <= bytes.length / 4);
    }
}
