package io.pairwire.engine.fate;

import static io.pairwire.engine.fate.FateRecord.WORDS;

/** Fates that one thread notes, handed over to the list a thousand at a time. */
final class FateLog {
    private static final int RECORDS = 1024;

    private final FateList list;
    private final long[] records = new long[RECORDS * WORDS];
    private int count;

    FateLog(FateList list) {
        this.list = list;
    }

    void add(Fate fate, long reference, long other, long value) {
        if (count == RECORDS) handOver();
        int at = count++ * WORDS;
        records[at] = FateRecord.first(fate, reference);
        records[at + 1] = other;
        records[at + 2] = value;
    }

    void handOver() {
        list.take(records, count);
        count = 0;
    }
}
