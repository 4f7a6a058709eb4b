package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import java.time.Duration;
import java.util.Arrays;

class ReassemblyFuzzTest {
    private static final int MOST_PACKETS = 200;

    /** Segments of a few connections with any numbers and flags, in any order, cut or not. */
    @FuzzTest
    void segments_never_break_bounds_or_accounts(FuzzedDataProvider input) {
        int chunks = input.consumeInt(1, 5);
        var wire = new Wire(StreamSettings.defaults()
                .withMemory(chunks * 2048L, input.consumeInt(1, chunks) * 2048L)
                .withConnections(input.consumeInt(1, 3))
                .withWindow(input.consumeInt(1, 10_000))
                .withTimeouts(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(100))
                .withOverlap(input.pickValue(SegmentOverlap.values()))
                .withUrgent(input.pickValue(UrgentPolicy.values()))
                .withPickUp(input.consumeBoolean()));
        wire.recorder.urgentLeftOut = true;
        long base = Integer.toUnsignedLong(input.consumeInt());
        long millis = 0;
        for (int i = 0; i < MOST_PACKETS && input.remainingBytes() > 8; i++) {
            int port = input.consumeInt(1, 4);
            long sequence = base + (input.consumeBoolean() ? input.consumeByte() : input.consumeInt());
            int flags = input.consumeByte() & 0x3f;
            byte[] payload = payload(input);
            Frame frame = input.consumeBoolean() ? Wire.client(sequence, flags, "") : Wire.server(sequence, flags, "");
            byte[] bytes = (input.consumeBoolean() ? frame.ports(port, 80) : frame.ports(80, port))
                    .payload(payload)
                    .toEthernet();
            bytes[14 + 20 + 19] = input.consumeByte(); // urgent pointer
            int cut = input.consumeBoolean() ? Math.min(payload.length, input.consumeInt(0, 64)) : 0;
            wire.at(millis += input.consumeInt(-20, 80)).send(bytes, bytes.length - cut);
        }
        wire.finish();
    }

    /** Long payloads need few bytes of input: one is repeated, the others say where it differs. */
    private static byte[] payload(FuzzedDataProvider input) {
        byte[] payload = new byte[input.consumeBoolean() ? input.consumeInt(0, 16) : input.consumeInt(0, 5000)];
        Arrays.fill(payload, input.consumeByte());
        if (payload.length > 0 && input.consumeBoolean()) {
            payload[input.consumeInt(0, payload.length - 1)] = input.consumeByte();
        }
        return payload;
    }

    /** Fragments of a few datagrams with any offsets, in any order, cut or not. */
    @FuzzTest
    void fragments_never_break_bounds_or_accounts(FuzzedDataProvider input) {
        var desk = new Desk(FragmentSettings.defaults()
                .withMemory(input.consumeInt(2, 12) * 2048L)
                .withDatagrams(input.consumeInt(1, 3))
                .withFragments(input.consumeInt(2, 10))
                .withTimeouts(Duration.ofMillis(100), Duration.ofMillis(200))
                .withOverlap(input.pickValue(FragmentOverlap.values()), input.pickValue(FragmentOverlap.values())));
        long millis = 0;
        for (int i = 0; i < MOST_PACKETS && input.remainingBytes() > 8; i++) {
            int identification = input.consumeInt(0, 3);
            int offset = input.consumeBoolean() ? 8 * input.consumeInt(0, 20) : 8 * input.consumeInt(0, 8191);
            boolean more = input.consumeBoolean();
            byte[] data = payload(input);
            Frame frame = input.consumeBoolean()
                    ? Desk.ipv4(identification, offset, more, data).ipv4Options(new byte[input.consumeInt(0, 40)])
                    : Desk.ipv6(identification, offset, more, data);
            byte[] bytes = frame.toEthernet();
            int cut = input.consumeBoolean() ? Math.min(data.length, input.consumeInt(0, 64)) : 0;
            desk.at(millis += input.consumeInt(-20, 80)).put(bytes, bytes.length - cut);
        }
        desk.defragmenter.finish();
        assertEquals(0, desk.statistics().memory());
    }

    /** Whole frames of any bytes, for what a decoder may find in them. */
    @FuzzTest
    void any_packets_never_throw(FuzzedDataProvider input) {
        var desk = new Desk();
        var wire = new Wire();
        wire.recorder.urgentLeftOut = true;
        for (int i = 0; i < MOST_PACKETS && input.remainingBytes() > 0; i++) {
            int linkType = input.pickValue(new int[] {LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL});
            byte[] bytes = input.consumeBytes(input.consumeInt(0, 400));
            int captured = input.consumeBoolean() ? bytes.length : input.consumeInt(0, bytes.length);
            FragmentAnswer answer = desk.put(bytes, captured, linkType);
            wire.send(bytes, captured, linkType);
            if (answer == FragmentAnswer.COMPLETED) {
                byte[] datagram = desk.datagram(0);
                assertTrue(datagram.length > 0);
                wire.send(datagram, datagram.length, linkType);
            }
        }
        wire.finish();
    }
}
