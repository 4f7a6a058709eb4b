package io.pairwire.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StreamHashProperties {
    private final StreamHash streams = new StreamHash(new Random(4));
    private final ContentHash contents = new ContentHash(new Random(4));

    private static Packet packet(byte[] bytes) {
        return new Packet().moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0);
    }

    @Property(tries = 200)
    void pieces_moved_to_their_places_sum_to_the_whole(
            @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 300) int cut) {
        int at = Math.min(cut, bytes.length);
        Packet packet = packet(bytes);
        long first = streams.of(packet, 0, at);
        long second = streams.of(packet, at, bytes.length - at);
        assertEquals(streams.of(packet, 0, bytes.length), streams.sum(first, streams.moved(second, at)));
    }

    @Property(tries = 200)
    void one_bit_changes_both_hashes_wherever_it_is(
            @ForAll @Size(min = 1, max = 300) byte[] bytes, @ForAll @IntRange(max = 2399) int bit) {
        byte[] other = bytes.clone();
        other[bit / 8 % other.length] ^= (byte) (1 << bit % 8);
        int length = bytes.length;
        assertNotEquals(streams.of(packet(bytes), 0, length), streams.of(packet(other), 0, length));
        assertNotEquals(contents.bytes(packet(bytes), 0, length, 7), contents.bytes(packet(other), 0, length, 7));
    }

    @Property(tries = 100)
    void zeros_have_a_length(@ForAll @IntRange(max = 299) int length) {
        Packet zeros = packet(new byte[300]);
        assertNotEquals(streams.of(zeros, 0, length), streams.of(zeros, 0, length + 1));
        assertNotEquals(contents.bytes(zeros, 0, length, 7), contents.bytes(zeros, 0, length + 1, 7));
    }
}
