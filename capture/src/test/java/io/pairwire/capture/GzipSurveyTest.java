package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipSurveyTest {
    private static final int SPACING = 500;

    /** Text-like, repetitive and random stretches. */
    private static byte[] plain(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean repeats = i > 40_000 && i % 9_000 < 4_000;
            int kind = i / 7_000 % 3;
            bytes[i] = repeats
                    ? bytes[i - 30_000 - i % 3]
                    : (byte) (kind == 0 ? random.nextInt() : kind == 1 ? 'a' + random.nextInt(4) : i / 100);
        }
        return bytes;
    }

    private static byte[] gzip(byte[] plain, int level, int strategy) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, 'n', 0});
        try (var deflater = new Deflater(level, true)) {
            deflater.setStrategy(strategy);
            deflater.setInput(plain);
            deflater.finish();
            byte[] part = new byte[10_000];
            while (!deflater.finished()) out.write(part, 0, deflater.deflate(part));
        }
        var check = new CRC32();
        check.update(plain);
        for (int i = 0; i < 4; i++) out.write((int) (check.getValue() >>> 8 * i));
        for (int i = 0; i < 4; i++) out.write(plain.length >>> 8 * i);
        return out.toByteArray();
    }

    private static CompressedInput input(byte[] bytes, int from) {
        return new CompressedInput(Channels.newChannel(new ByteArrayInputStream(bytes, from, bytes.length - from)));
    }

    private static byte[] all(DecompressingChannel channel, int step) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(step);
        while (channel.read(buffer.clear()) >= 0) bytes.write(buffer.array(), 0, buffer.position());
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"1,0", "6,0", "9,0", "0,0", "6,1", "6,2"})
    void unpacking_from_any_place_it_tells_gives_the_rest(int level, int strategy) throws IOException {
        var random = new Random(level * 10 + strategy);
        byte[] first = plain(random, 300_000);
        byte[] second = plain(random, 90_000);
        var packed = new ByteArrayOutputStream();
        packed.write(gzip(first, level, strategy));
        packed.write(gzip(second, level, strategy));
        byte[] bytes = packed.toByteArray();
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);

        var points = new ArrayList<RestartPoint>();
        var survey = new GzipSurvey(input(bytes, 0), SPACING);
        survey.restarts(points::add);
        assertArrayEquals(whole, all(survey, 3_001));
        assertTrue(points.size() > (level == 0 ? 3 : 6), "" + points.size());

        for (RestartPoint point : points) {
            var resumed = Gzip.INSTANCE.resume(input(bytes, (int) point.packedAt()), point);
            byte[] rest = Arrays.copyOfRange(whole, (int) point.plainAt(), whole.length);
            assertArrayEquals(rest, all(resumed, 7_777), point.toString());
        }
    }

    @Test
    void places_inside_bytes_are_reached_at_every_bit() throws IOException {
        var bits = new BitSet();
        for (int seed = 0; seed < 12; seed++) {
            byte[] bytes = gzip(plain(new Random(seed), 120_000), 6, 0);
            var survey = new GzipSurvey(input(bytes, 0), SPACING);
            survey.restarts(point -> bits.set(point.bits()));
            all(survey, 65_536);
        }
        assertEquals(8, bits.cardinality(), bits.toString());
    }

    @Test
    void damaged_streams_end_with_damage_or_the_same_bytes() throws IOException {
        byte[] plain = plain(new Random(1), 60_000);
        byte[] bytes = gzip(plain, 6, 0);
        var random = new Random(2);
        for (int run = 0; run < 200; run++) {
            byte[] damaged = run % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (run % 3 != 0) damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            var survey = new GzipSurvey(input(damaged, 0), SPACING);
            try {
                assertArrayEquals(plain, all(survey, 5_000));
            } catch (MalformedCaptureException told) {
                assertTrue(told.getMessage().startsWith("gzip "), told.getMessage());
            }
        }
    }

    @Test
    void a_place_that_is_none_is_damage() {
        byte[] bytes = new byte[1_000];
        Arrays.fill(bytes, (byte) 0xff);
        for (int bits : List.of(1, 2, 7)) {
            var point = new RestartPoint(5, 0, bits, new byte[10]);
            assertThrows(MalformedCaptureException.class, () -> all(Gzip.INSTANCE.resume(input(bytes, 0), point), 100));
        }
    }
}
