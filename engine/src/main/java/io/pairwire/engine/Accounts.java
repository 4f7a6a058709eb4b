package io.pairwire.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where every packet went.
 *
 * <p>Counters are kept by the thread that counts, as running totals. Each batch carries them along: the reader notes its
 * totals as of the end of the batch, each owner its own once it is done with it, and whoever finishes the batch adds up
 * and publishes. So what is published is always one consistent cut through the stream, and the conservation law holds on
 * it exactly, without ever stopping anything.
 */
final class Accounts {
    private static final Eligibility[] REASONS = Eligibility.values();

    // Columns of the reader's row: one for each Eligibility, then these.
    static final int READ = REASONS.length;
    static final int NO_DESCRIPTOR = READ + 1;
    static final int NO_ROOM = READ + 2;
    static final int STOPPED = READ + 3;
    static final int CLOCK = READ + 4;
    static final int READER_COLUMNS = READ + 5;

    // Columns of an owner's row.
    static final int RETRANSMISSIONS = 0;
    static final int EXPIRED = 1;
    static final int EVICTED = 2;
    static final int STORED = 3;
    static final int OUTSTANDING = 4;
    static final int OWNER_COLUMNS = 5;

    // Columns of what finishing adds.
    static final int PAIRS = 0;
    static final int UNWRITTEN_PACKETS = 1;
    static final int UNMATCHED = 2;
    static final int FINISH_COLUMNS = 3;

    private final long[] reader = new long[READER_COLUMNS];
    private final long[] owners = new long[OWNER_COLUMNS];
    private final long[] finish = new long[FINISH_COLUMNS];

    /** Publishes the cut behind a batch. */
    synchronized void publish(long[] readerRow, long[] ownerRows, long[] finishRow) {
        System.arraycopy(readerRow, 0, reader, 0, READER_COLUMNS);
        Arrays.fill(owners, 0);
        for (int i = 0; i < ownerRows.length; i++) owners[i % OWNER_COLUMNS] += ownerRows[i];
        System.arraycopy(finishRow, 0, finish, 0, FINISH_COLUMNS);
    }

    synchronized Ledger ledger() {
        Map<String, Long> notEligible = new LinkedHashMap<>();
        for (Eligibility reason : REASONS) {
            if (reason == Eligibility.ELIGIBLE) continue;
            long packets = reason == Eligibility.RETRANSMISSION ? owners[RETRANSMISSIONS] : reader[reason.ordinal()];
            notEligible.put(reason.reason(), packets);
        }
        Map<String, Map<String, Long>> dropped = new LinkedHashMap<>();
        dropped.put("pool", Map.of("exhausted", reader[NO_DESCRIPTOR]));
        dropped.put("match_queue", ordered("full", reader[NO_ROOM], "stopped", reader[STOPPED]));
        dropped.put("store", Map.of("evicted", owners[EVICTED]));
        dropped.put("writer_queue", Map.of("full", finish[UNWRITTEN_PACKETS]));
        return new Ledger(
                reader[READ],
                finish[PAIRS],
                finish[UNMATCHED],
                owners[EXPIRED],
                dropped,
                notEligible,
                owners[OUTSTANDING]);
    }

    private static Map<String, Long> ordered(String first, long one, String second, long other) {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, other);
        return map;
    }

    synchronized long stored() {
        return owners[STORED];
    }

    /** Packets that were cut, broken, or of a link type we do not decode. */
    synchronized long parseFailed() {
        return reader[Eligibility.CUT_HEADER.ordinal()]
                + reader[Eligibility.MALFORMED.ordinal()]
                + reader[Eligibility.UNSUPPORTED_LINK_TYPE.ordinal()]
                + reader[Eligibility.TOO_DEEP.ordinal()];
    }
}
