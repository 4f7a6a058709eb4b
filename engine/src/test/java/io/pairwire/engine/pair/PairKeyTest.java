package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairKeyTest {
    private static final int LONGEST = 300;

    private record Key(long low, long high) {}

    private final Random random = new Random(7);
    private final PairKey key = new PairKey(random);

    /** The key of a payload between two fixed endpoints; the memory ends where the payload ends. */
    private Key of(byte[] payload) {
        return of(payload, 0, payload.length);
    }

    private Key of(byte[] memory, int from, int length) {
        var packet = new Packet().moveTo(MemorySegment.ofArray(memory), from, memory.length - from, memory.length, 0);
        key.begin(1, 2, (long) length << 8);
        key.payload(packet, 0, length);
        return new Key(key.low(), key.high());
    }

    private byte[] payload(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }

    @Test
    void every_bit_of_the_payload_changes_both_halves() {
        for (int length = 1; length <= LONGEST; length++) {
            byte[] payload = payload(length);
            Key whole = of(payload);
            for (int bit = 0; bit < length * 8; bit++) {
                payload[bit / 8] ^= (byte) (1 << bit % 8);
                Key changed = of(payload);
                assertNotEquals(whole.low(), changed.low(), length + " bytes, bit " + bit);
                assertNotEquals(whole.high(), changed.high(), length + " bytes, bit " + bit);
                payload[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void nothing_beside_the_payload_counts_nor_where_it_lies() {
        for (int length = 1; length <= LONGEST; length++) {
            byte[] payload = payload(length);
            Key alone = of(payload);
            for (int before = 0; before < 9; before++) {
                byte[] memory = payload(before + length + 9);
                System.arraycopy(payload, 0, memory, before, length);
                assertEquals(alone, of(memory, before, length), length + " bytes at " + before);
            }
        }
    }

    @Test
    void words_that_change_places_change_the_key() {
        for (int words = 2; words <= 32; words++) {
            byte[] payload = payload(words * 8);
            Set<Key> keys = new HashSet<>();
            keys.add(of(payload));
            int swaps = 0;
            for (int i = 0; i < words; i++) {
                for (int j = i + 1; j < words; j++) {
                    byte[] swapped = payload.clone();
                    System.arraycopy(payload, i * 8, swapped, j * 8, 8);
                    System.arraycopy(payload, j * 8, swapped, i * 8, 8);
                    keys.add(of(swapped));
                    swaps++;
                }
            }
            assertEquals(swaps + 1, keys.size(), words + " words");
        }
    }

    @Test
    void equal_bytes_of_every_length_have_keys_of_their_own() {
        Set<Long> lows = new HashSet<>();
        Set<Long> highs = new HashSet<>();
        for (int length = 1; length <= 2_000; length++) {
            Key zeros = of(new byte[length]);
            byte[] ones = new byte[length];
            Arrays.fill(ones, (byte) 0xff);
            Key full = of(ones);
            assertTrue(lows.add(zeros.low()) && lows.add(full.low()), "length " + length);
            assertTrue(highs.add(zeros.high()) && highs.add(full.high()), "length " + length);
        }
    }

    @Test
    void endpoints_kind_and_secrets_count() {
        byte[] payload = payload(40);
        var packet = new Packet().moveTo(MemorySegment.ofArray(payload), 0, 40, 40, 0);
        Set<Key> keys = new HashSet<>();
        Set<Long> flows = new HashSet<>();
        for (long smaller = 0; smaller < 4; smaller++) {
            for (long greater = 4; greater < 8; greater++) {
                for (long kind = 0; kind < 4; kind++) {
                    key.begin(smaller, greater, kind);
                    key.payload(packet, 0, 40);
                    keys.add(new Key(key.low(), key.high()));
                    flows.add(key.flow());
                    key.begin(0, smaller, 80, 0, greater, 443, kind);
                    key.payload(packet, 0, 40);
                    keys.add(new Key(key.low(), key.high()));
                    flows.add(key.flow());
                }
            }
        }
        assertEquals(128, keys.size());
        assertEquals(32, flows.size(), "the flow is that of the endpoints alone");
        var other = new PairKey(random);
        other.begin(0, 4, 0);
        other.payload(packet, 0, 40);
        assertTrue(keys.add(new Key(other.low(), other.high())), "another engine, another key");
    }

    @Test
    void every_bit_of_endpoints_and_kind_changes_both_halves() {
        byte[] payload = payload(40);
        var packet = new Packet().moveTo(MemorySegment.ofArray(payload), 0, 40, 40, 0);
        long[] fields = random.longs(8).toArray();
        fields[5] &= 0xffff;
        fields[6] &= 0xffff;
        for (boolean ipv6 : new boolean[] {false, true}) {
            Key whole = of(ipv6, fields, packet);
            for (int field = 0; field < (ipv6 ? 7 : 3); field++) {
                int bits = field == 5 || field == 6 ? 16 : 64;
                for (int bit = 0; bit < bits; bit++) {
                    fields[field] ^= 1L << bit;
                    Key changed = of(ipv6, fields, packet);
                    assertNotEquals(whole.low(), changed.low(), "field " + field + ", bit " + bit);
                    assertNotEquals(whole.high(), changed.high(), "field " + field + ", bit " + bit);
                    fields[field] ^= 1L << bit;
                }
            }
        }
    }

    /** Fields: kind, then both endpoints. */
    private Key of(boolean ipv6, long[] fields, Packet packet) {
        if (ipv6) {
            key.begin(fields[1], fields[2], (int) fields[5], fields[3], fields[4], (int) fields[6], fields[0]);
        } else {
            key.begin(fields[1], fields[2], fields[0]);
        }
        key.payload(packet, 0, 40);
        return new Key(key.low(), key.high());
    }

    /** Of a million keys, half a pair may be expected to share forty bits; a dozen would be a miracle. */
    @Test
    void a_million_keys_do_not_share_forty_leading_bits_beyond_chance() {
        int keys = 1 << 20;
        long[] lows = new long[keys];
        long[] highs = new long[keys];
        byte[] payload = payload(64);
        for (int i = 0; i < keys; i++) {
            payload[8] = (byte) i;
            payload[30] = (byte) (i >>> 8);
            payload[55] = (byte) (i >>> 16);
            Key each = of(payload);
            lows[i] = each.low() >>> 24;
            highs[i] = each.high() >>> 24;
        }
        assertTrue(repetitions(lows) < 12);
        assertTrue(repetitions(highs) < 12);
    }

    private static long repetitions(long[] values) {
        return values.length - Arrays.stream(values).distinct().count();
    }

    /** The leading bits choose the page of a store: counters in the payload must not crowd them. */
    @Test
    void leading_bits_are_spread_evenly() {
        int cells = 1 << 10;
        int keys = 1 << 18;
        int[] lowCells = new int[cells];
        int[] flowCells = new int[cells];
        byte[] payload = new byte[64];
        for (int i = 0; i < keys; i++) {
            payload[40] = (byte) i;
            payload[41] = (byte) (i >>> 8);
            payload[42] = (byte) (i >>> 16);
            lowCells[(int) (of(payload).low() >>> 54)]++;
            key.begin(i, 1L << 40, 0);
            flowCells[(int) (key.flow() >>> 54)]++;
        }
        assertTrue(chiSquare(lowCells, keys) < 1_250, "1,023 degrees of freedom: one in a million is above 1,250");
        assertTrue(chiSquare(flowCells, keys) < 1_250, "flows");
    }

    private static double chiSquare(int[] cells, int total) {
        double expected = (double) total / cells.length;
        return Arrays.stream(cells)
                .mapToDouble(cell -> (cell - expected) * (cell - expected) / expected)
                .sum();
    }
}
