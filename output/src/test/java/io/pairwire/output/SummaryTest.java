package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void a_summary_tells_latencies_and_where_every_packet_went() {
        assertEquals("""
                pairs         600,000 (12 retransmissions set aside)
                latency       p50 500.223 us  p99.9 999.423 us  p100 1.000 ms
                              min -5 ns  mean 500.000 us  max 1.000 ms  negative 1
                unmatched     10,000
                expired       20,000
                dropped       4,000 (reader queue full 4,000)
                not eligible  567 (arp 567)
                read          1,234,567 packets from 3 inputs in 1.500 s, 823.0 k/s
                decoded       1,234,000, failed 567
                stored        640,000
                written       600,000 results
                pool          19,990/20,000 free, exhausted 0
                queue writer  1/10,000, waits 17
                damaged       1 input
                """, Summary.of(Runs.STATISTICS, Runs.latencies(), new Percentiles(List.of(50.0, 99.9, 100.0))));
    }

    @Test
    void without_pairs_there_are_no_latencies() {
        assertEquals("""
                pairs         0
                unmatched     0
                expired       0
                dropped       0
                not eligible  0
                read          0 packets from 0 inputs in 0 ns, 0/s
                decoded       0
                stored        0
                written       0 results
                pool          0/0 free, exhausted 0
                """, Summary.of(Runs.EMPTY, Runs.none(), Percentiles.USUAL));
    }

    @Test
    void the_statistics_line_shows_every_part() {
        assertEquals(
                "1.500 s | read 1,234,567 (823.0 k/s), inputs 3/3, damaged 1 | decoded 1,234,000, failed 567"
                        + " | pairs 600,000, retransmissions 12, not eligible 567, dropped 4,000"
                        + " | store 0 of 640,000, expired 20,000, unmatched 10,000 | written 600,000, failed 0"
                        + " | pool 19,990/20,000 free, exhausted 0 | queue writer 1/10,000, waits 17",
                StatisticsLine.of(Runs.STATISTICS));
    }

    @Test
    void durations_are_exact_where_they_are_small() {
        assertEquals("0 ns", HumanText.duration(0));
        assertEquals("999 ns", HumanText.duration(999));
        assertEquals("1.000 us", HumanText.duration(1_000));
        assertEquals("999.999 us", HumanText.duration(999_999));
        assertEquals("1.000 ms", HumanText.duration(1_000_000));
        assertEquals("999.999 ms", HumanText.duration(999_999_999));
        assertEquals("75.040 s", HumanText.duration(75_040_000_000L));
        assertEquals("-1.005 us", HumanText.duration(-1_005));
        assertEquals("-9223372036.854 s", HumanText.duration(Long.MIN_VALUE));
    }

    @Test
    void counts_and_rates_are_grouped_and_scaled() {
        assertEquals("-1,234", HumanText.count(-1_234));
        assertEquals("-123", HumanText.count(-123));
        assertEquals("999", HumanText.count(999));
        assertEquals("1 packet", HumanText.count(1, "packet"));
        assertEquals("950/s", HumanText.rate(950, 1_000_000_000));
        assertEquals("8.3 M/s", HumanText.rate(8_300_000, 1_000_000_000));
        assertEquals("2.0 G/s", HumanText.rate(2, 1));
        assertEquals("2 min 05 s", HumanText.remaining(125));
        assertEquals("3 h 07 min", HumanText.remaining(11_220));
    }

    @Test
    void percentiles_are_read_and_checked() {
        assertEquals(Percentiles.USUAL, Percentiles.parse("50, 90,99,99.9"));
        assertEquals("99.9", Percentiles.text(99.90));
        for (String wrong : List.of("", "50,", "0", "-1", "100.1", "NaN", "p50")) {
            assertThrows(IllegalArgumentException.class, () -> Percentiles.parse(wrong), wrong);
        }
    }

    @Test
    void a_part_is_told_in_percent_with_two_digits() {
        assertEquals("0.00%", HumanText.percent(0));
        assertEquals("12.50%", HumanText.percent(0.125));
        assertEquals("0.05%", HumanText.percent(0.0005));
        assertEquals("100.00%", HumanText.percent(1));
    }
}
