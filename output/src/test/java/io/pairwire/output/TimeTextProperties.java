package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TimeTextProperties {
    private static final DateTimeFormatter CLASSIC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    @Property
    void a_moment_looks_as_java_time_prints_it(@ForAll long nanos, @ForAll long next) {
        var classic = new TimeText(TimeFormat.CLASSIC);
        var iso = new TimeText(TimeFormat.ISO);
        for (long moment : new long[] {nanos, next, next + 1, 0, -1}) {
            var instant =
                    Instant.ofEpochSecond(Math.floorDiv(moment, 1_000_000_000L), Math.floorMod(moment, 1_000_000_000L));
            assertEquals(CLASSIC.format(instant), text(classic, moment));
            assertEquals(ISO.format(instant), text(iso, moment));
        }
    }

    private static String text(TimeText time, long moment) {
        var bytes = new byte[TimeText.LONGEST];
        return new String(bytes, 0, time.moment(bytes, 0, moment), StandardCharsets.US_ASCII);
    }
}
