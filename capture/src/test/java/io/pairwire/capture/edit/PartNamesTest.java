package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartNamesTest {
    private static final long NOON = 1_769_860_800_000_000_000L; // 2026-01-31T12:00:00Z

    @ParameterizedTest
    @CsvSource({
        "day.pcap, day_00001_20260131120000.pcap",
        "a/day.pcapng, a/day_00001_20260131120000.pcapng",
        "day.pcap.gz, day_00001_20260131120000.pcap.gz",
        "day.gz, day_00001_20260131120000.gz",
        "day, day_00001_20260131120000",
        ".day, .day_00001_20260131120000",
    })
    void number_and_time_stand_before_the_extension(String whole, String part) {
        assertEquals(Path.of(part), new PartNames(Path.of(whole)).of(1, NOON + 999_999_999));
    }

    @ParameterizedTest
    @CsvSource({"99999, day_99999_19691231235959.pcap", "123456, day_123456_19691231235959.pcap"})
    void numbers_grow_when_five_digits_are_not_enough(long number, String part) {
        assertEquals(Path.of(part), new PartNames(Path.of("day.pcap")).of(number, -1));
    }
}
