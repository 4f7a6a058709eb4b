package io.pairwire.engine.fate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.testkit.Allocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FateListTest {
    private static final int FILES = 5;
    private static final int PACKETS = 3_000;

    @TempDir
    Path folder;

    private static MatchedPair pair(int requestFile, long request, int responseFile, long response, long latency) {
        var pair = new MatchedPair();
        pair.request("", request, 17);
        pair.response("", response, 17);
        pair.files(requestFile, responseFile);
        pair.times(0, 0, latency);
        return pair;
    }

    /** Every third packet waits in vain, the rest asks the packet with the same number in the next file. */
    private static void fill(FateList list, long seed) {
        var numbers = new ArrayList<Long>();
        for (long number = 1; number <= PACKETS; number++) numbers.add(number);
        Collections.shuffle(numbers, new Random(seed));
        var givenUp = List.of(list.givenUp(), list.givenUp());
        for (long number : numbers) {
            for (int file = 0; file + 1 < FILES; file += 2) {
                if (number % 3 == 0) {
                    givenUp.get(file / 2).expired(PacketReference.of(file, number, true, true, false), 5, number);
                } else {
                    list.onPair(pair(file, number, file + 1, number, number * 7));
                }
            }
        }
    }

    private static void check(FateTable table) {
        var random = new Random(1);
        long[] next = new long[FILES];
        long found = 0;
        for (int i = 0; i < FILES * PACKETS; i++) { // files in any order, numbers ascending in each
            int file = random.nextInt(FILES);
            long number = ++next[file];
            boolean known = file < FILES - 1 && number <= PACKETS && (number % 3 != 0 || file % 2 == 0);
            assertEquals(known, table.find(file, number), file + ":" + number);
            if (!known) continue;
            found++;
            if (number % 3 == 0) {
                assertEquals(Fate.EXPIRED, table.fate());
                assertEquals(java.util.Optional.empty(), table.late(file, number), "all go in the same direction");
            } else {
                assertEquals(file % 2 == 0 ? Fate.REQUEST : Fate.RESPONSE, table.fate());
                assertEquals(file ^ 1, table.otherFile());
                assertEquals(number, table.otherNumber());
                assertEquals(number * 7, table.latencyNanos());
            }
        }
        assertTrue(found > PACKETS, "packets found: " + found);
    }

    @Test
    void what_was_noted_is_found_again_in_memory_and_on_disk() throws IOException {
        for (int inMemory : new int[] {FateList.IN_MEMORY, 1_000, 4_097}) {
            try (var list = new FateList(folder, inMemory)) {
                fill(list, inMemory);
                try (FateTable table = list.table()) {
                    assertEquals(list.noted(), table.count());
                    list.close(); // the table stays
                    check(table);
                }
            }
            try (var left = Files.list(folder)) {
                assertEquals(List.of(), left.toList(), "temporary files are gone");
            }
        }
    }

    @Test
    void an_empty_list_is_a_table_without_anything() throws IOException {
        try (var list = new FateList(folder);
                FateTable table = list.table()) {
            assertEquals(0, table.count());
            assertFalse(table.find(0, 1));
        }
    }

    @Test
    void a_disk_that_takes_nothing_fails_the_table_and_not_the_run() throws IOException {
        try (var list = new FateList(folder.resolve("missing"), 100)) {
            fill(list, 1);
            var failure = assertThrows(IOException.class, list::table);
            assertTrue(
                    failure.getMessage().startsWith(folder.resolve("missing") + ": temporary file: "),
                    failure::toString);
        }
    }

    @Test
    void noting_allocates_nothing_once_the_list_has_grown() throws IOException {
        try (var list = new FateList(folder, 1 << 20)) {
            var pair = pair(0, 1, 0, 2, 3);
            double bytes = Allocations.bytesPerCall(() -> list.onPair(pair), 20_000, 1_000);
            assertEquals(0, bytes);
        }
    }

    @Test
    void records_of_any_bits_are_sorted_by_position() {
        var random = new Random(5);
        for (int count : new int[] {0, 1, 2, 500}) {
            long[] records =
                    random.longs(3L * count).map(word -> word & Long.MAX_VALUE).toArray();
            long[] sorted = FateSort.sort(records.clone(), new long[records.length], count);
            for (int i = 3; i < sorted.length; i += 3) {
                assertTrue(FateRecord.position(sorted[i - 3]) <= FateRecord.position(sorted[i]));
            }
            assertEquals(sum(records), sum(sorted), "nothing is lost");
        }
    }

    private static long sum(long[] words) {
        long sum = 0;
        for (long word : words) sum += word;
        return sum;
    }
}
