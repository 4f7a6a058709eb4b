package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;

/** A defragmenter that is checked after each packet. Times in milliseconds. */
final class Desk {
    /** A protocol number for experiments (RFC 3692), so that all of a datagram is data. */
    private static final int EXPERIMENT = 253;

    final Defragmenter defragmenter;
    private final FragmentSettings settings;
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private long millis;
    private int number;

    Desk(FragmentSettings settings) {
        this.settings = settings;
        defragmenter = new Defragmenter(settings, new Random(3));
    }

    Desk() {
        this(FragmentSettings.defaults());
    }

    static Frame ipv4(int identification, int offset, boolean more, byte[] data) {
        return Frame.ip("10.0.0.1", "10.0.0.2", EXPERIMENT).payload(data).fragment(identification, offset, more);
    }

    static Frame ipv6(int identification, int offset, boolean more, byte[] data) {
        return ipv4(identification, offset, more, data).between("2001:db8::1", "2001:db8::2");
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    Desk at(long millis) {
        this.millis = millis;
        return this;
    }

    FragmentAnswer put(Frame frame) {
        return put(frame.toEthernet());
    }

    FragmentAnswer put(byte[] bytes) {
        return put(bytes, bytes.length);
    }

    FragmentAnswer put(byte[] bytes, int captured) {
        return put(bytes, captured, LinkType.ETHERNET);
    }

    FragmentAnswer put(byte[] bytes, int captured, int linkType) {
        MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(0, captured);
        Packet packet = new Packet()
                .moveTo(memory, 0, captured, bytes.length, millis * 1_000_000)
                .linkType(linkType)
                .from(0, ++number);
        decoder.decode(packet, layers);
        FragmentAnswer answer = defragmenter.offer(packet, layers);
        FragmentStatistics statistics = statistics();
        assertTrue(statistics.balances(), statistics::toString);
        assertTrue(statistics.memory() <= settings.memory(), statistics::toString);
        assertTrue(statistics.heldDatagrams() <= settings.datagrams(), statistics::toString);
        assertTrue(statistics.heldFragments() > 0 || statistics.memory() == 0, statistics::toString);
        return answer;
    }

    long dropped(FragmentDrop reason) {
        return statistics().droppedFragments().get(reason);
    }

    FragmentStatistics statistics() {
        return defragmenter.statistics();
    }

    /** The bytes of the completed datagram, from a place on. */
    byte[] datagram(int from) {
        Packet packet = defragmenter.datagram();
        return packet.memory()
                .asSlice(packet.start() + from, packet.capturedLength() - from)
                .toArray(ValueLayout.JAVA_BYTE);
    }
}
