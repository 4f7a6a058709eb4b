package io.pairwire.benchmarks;

/** Prints how many bytes one of ten million waiting packets takes, the worst seen from one million on. */
public final class StoreFootprint {
    private static final int STEP = 500_000;
    private static final int MOST = 10_000_000;

    private StoreFootprint() {}

    /** Takes no arguments. Prints {@code bytes/entry at ten million} and {@code most}. */
    public static void main(String[] args) {
        double most = 0;
        double last = 0;
        for (int entries = 2 * STEP; entries <= MOST; entries += STEP) {
            var store = new StoreFilling(entries);
            store.insertAll();
            last = (double) store.pageBytes() / store.outstanding();
            most = Math.max(most, last);
        }
        System.out.printf("%.1f %.1f%n", last, most);
    }
}
