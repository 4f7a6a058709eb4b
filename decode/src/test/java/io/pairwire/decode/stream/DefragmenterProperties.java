package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.craft.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DefragmenterProperties {
    private record Piece(int from, boolean last, byte[] data) {}

    /** Pieces that cover a datagram: overlapping, repeated, out of order, some with other bytes, at times one too few. */
    private static List<Piece> pieces(Random random, int length, int longest) {
        byte[] truth = new byte[length];
        random.nextBytes(truth);
        var pieces = new ArrayList<Piece>();
        for (int from = 0; from < length; ) {
            int start = Math.max(0, from - (random.nextInt(4) == 0 ? 8 * random.nextInt(longest) : 0));
            int end = Math.min(length, from + 8 * (1 + random.nextInt(longest)));
            byte[] data = Arrays.copyOfRange(truth, start, end);
            if (random.nextInt(4) == 0) data[random.nextInt(data.length)] ^= (byte) (1 + random.nextInt(255));
            var piece = new Piece(start, end == length, data);
            if (random.nextInt(50) != 0) pieces.add(piece);
            if (random.nextInt(8) == 0) pieces.add(piece);
            from = end;
        }
        if (random.nextInt(3) != 0) Collections.shuffle(pieces, random);
        return pieces;
    }

    @Property(tries = 200)
    void a_datagram_is_complete_when_the_byte_map_is_and_has_its_bytes(@ForAll long seed) {
        var random = new Random(seed);
        boolean ipv6 = random.nextBoolean();
        int longest = random.nextInt(5) == 0 ? 600 : 1 + random.nextInt(8);
        int length = 1 + random.nextInt(Math.min(60_000, longest * 80));
        FragmentOverlap overlap = FragmentOverlap.values()[1 + random.nextInt(4)]; // all but DROP
        var desk = new Desk(FragmentSettings.defaults().withOverlap(overlap, overlap));
        var model = new ByteMap(overlap, true);
        boolean lastCame = false;

        for (Piece piece : pieces(random, length, longest)) {
            if (piece.from == 0 && piece.last) continue; // that one is no fragment
            Frame frame = ipv6
                    ? Desk.ipv6(9, piece.from, !piece.last, piece.data)
                    : Desk.ipv4(9, piece.from, !piece.last, piece.data);
            FragmentAnswer answer = desk.put(frame);
            model.arrive(piece.from, piece.data);
            lastCame |= piece.last;
            boolean complete = lastCame && model.held() == length;
            assertEquals(complete, answer == FragmentAnswer.COMPLETED);
            if (complete) {
                assertArrayEquals(model.whole(), desk.datagram(ipv6 ? 54 : 34));
                assertEquals(model.conflicting, desk.statistics().conflictingBytes());
                return;
            }
        }
    }

    /** Many datagrams at once with little of everything: the accounts are checked after each packet. */
    @Property(tries = 100)
    void with_hardly_any_room_the_accounts_balance_and_what_completes_is_right(@ForAll long seed) {
        var random = new Random(seed);
        FragmentOverlap overlap = FragmentOverlap.values()[random.nextInt(5)];
        var desk = new Desk(FragmentSettings.defaults()
                .withMemory((2 + random.nextInt(40)) * 2048L)
                .withDatagrams(1 + random.nextInt(5))
                .withFragments(2 + random.nextInt(20))
                .withOverlap(overlap, overlap));
        long millis = 0;
        for (int i = 0; i < 150; i++) {
            int identification = random.nextInt(8);
            int from = 8 * random.nextInt(6);
            boolean last = random.nextInt(4) == 0;
            byte[] data = new byte[last ? 1 + random.nextInt(40) : 8 * (1 + random.nextInt(3))];
            for (int j = 0; j < data.length; j++) data[j] = (byte) (from + j);
            millis += random.nextInt(100) == 0 ? 31_000 : random.nextInt(300);
            FragmentAnswer answer = desk.at(millis).put(Desk.ipv4(identification, from, !last, data));
            if (answer != FragmentAnswer.COMPLETED) continue;
            byte[] whole = desk.datagram(34);
            for (int j = 0; j < whole.length; j++) assertEquals((byte) j, whole[j]);
        }
        desk.defragmenter.finish();
        assertEquals(0, desk.statistics().heldFragments());
        assertEquals(0, desk.statistics().memory());
    }
}
