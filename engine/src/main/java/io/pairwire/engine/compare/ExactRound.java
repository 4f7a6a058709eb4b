package io.pairwire.engine.compare;

import java.io.IOException;

/** The first round: packets of the same whole content. */
final class ExactRound {
    private static final int HALVES = 2;

    private final Side sideA;
    private final Side sideB;
    private final ClockFit clock;
    private final ChangeTally tally;
    private final long window;
    private final Rows[] restA = new Rows[Side.PARTITIONS];
    private final Rows[] restB = new Rows[Side.PARTITIONS];
    private boolean leftovers;

    /** @param scratches for the rows of either half, as each is filled by a thread of its own */
    ExactRound(Side sideA, Side sideB, Scratch[] scratches, ClockFit clock, ChangeTally tally, long window) {
        this.sideA = sideA;
        this.sideB = sideB;
        this.clock = clock;
        this.tally = tally;
        this.window = window;
        for (int i = 0; i < restA.length; i++) {
            Scratch scratch = scratches[i % HALVES];
            restA[i] = new Rows(scratch, Sighting.WIDTH, 6);
            restB[i] = new Rows(scratch, Sighting.WIDTH, 6);
        }
    }

    /** Pairs the copies of what both sides have equally often, and learns about their clocks: half of it in another thread. */
    void pairEqualGroups(Occurrences occurrences, Watch watch) throws IOException {
        var even = new Half(0, occurrences, clock, tally);
        var odd = new Half(1, new Occurrences(), new ClockFit(sideA, sideB), new ChangeTally(tally.profile()));
        BothSides.run(() -> even.pairEqualGroups(watch), () -> odd.pairEqualGroups(watch));
        clock.addAll(odd.clock);
        tally.addAll(odd.tally);
        leftovers = even.leftovers || odd.leftovers;
    }

    /** Every second partition, and what is learnt from it: packets of one never have to do with those of another. */
    private final class Half {
        final int first;
        final Occurrences occurrences;
        final ClockFit clock;
        final ChangeTally tally;
        boolean leftovers;

        Half(int first, Occurrences occurrences, ClockFit clock, ChangeTally tally) {
            this.first = first;
            this.occurrences = occurrences;
            this.clock = clock;
            this.tally = tally;
        }

        void pairEqualGroups(Watch watch) throws IOException {
            for (int i = first; i < restA.length; i += HALVES) {
                watch.look();
                Rows a = sideA.partitions[i];
                Rows b = sideB.partitions[i];
                Rows aside = restA[i];
                Rows besides = restB[i];
                occurrences.group(a, b, (firstA, countA, firstB, countB) -> {
                    if (countA == countB) pairAll(a, firstA, b, firstB);
                    else if (countA + countB == 1) leftovers = true;
                    else {
                        putAside(a, firstA, aside);
                        putAside(b, firstB, besides);
                    }
                });
            }
        }

        private void pairAll(Rows a, int firstA, Rows b, int firstB) {
            int rowA = firstA;
            int rowB = firstB;
            while (rowA >= 0) {
                int numberA = a.get32(rowA, Sighting.NUMBER);
                int numberB = b.get32(rowB, Sighting.NUMBER);
                clock.add(
                        a.get64(rowA, Sighting.TIME),
                        b.get64(rowB, Sighting.TIME),
                        numberA,
                        numberB,
                        Sighting.hosts(a, rowA));
                pair(tally, a, rowA, numberA, b, rowB, numberB);
                rowA = a.get32(rowA, Sighting.NEXT) - 1;
                rowB = b.get32(rowB, Sighting.NEXT) - 1;
            }
        }
    }

    private void pair(ChangeTally tally, Rows a, int rowA, int numberA, Rows b, int rowB, int numberB) {
        int changes = Sighting.changes(a, rowA, b, rowB, 0);
        Side.pair(sideA, numberA, sideB, numberB, changes);
        tally.add(changes, a, rowA, b, rowB, numberA, numberB, false);
    }

    private static void putAside(Rows rows, int first, Rows to) throws IOException {
        for (int row = first; row >= 0; row = rows.get32(row, Sighting.NEXT) - 1) to.add(rows, row);
    }

    /** With the clocks known, pairs what one side has more often, and finds duplicates. */
    void pairTheRest(Occurrences occurrences) throws IOException {
        if (clock.isEmpty()) learnFromTheRest(occurrences);
        clock.fit();
        for (int i = 0; i < restA.length; i++) {
            Rows a = restA[i];
            Rows b = restB[i];
            occurrences.group(
                    a,
                    b,
                    (firstA, countA, firstB, countB) ->
                            pair(a, new Copies(a, firstA, countA), b, new Copies(b, firstB, countB)));
        }
    }

    /** Nothing occurs equally often: then the first copies of each say what they can. */
    private void learnFromTheRest(Occurrences occurrences) throws IOException {
        for (int i = 0; i < restA.length; i++) {
            Rows a = restA[i];
            Rows b = restB[i];
            occurrences.group(a, b, (firstA, countA, firstB, countB) -> {
                if (countA == 0 || countB == 0) return;
                clock.add(
                        a.get64(firstA, Sighting.TIME),
                        b.get64(firstB, Sighting.TIME),
                        a.get32(firstA, Sighting.NUMBER),
                        b.get32(firstB, Sighting.NUMBER),
                        Sighting.hosts(a, firstA));
            });
        }
    }

    private void pair(Rows a, Copies copiesA, Rows b, Copies copiesB) {
        boolean[] takenA = new boolean[copiesA.count()];
        boolean[] takenB = new boolean[copiesB.count()];
        boolean fewerA = copiesA.count() < copiesB.count();
        if (copiesA.count() > 0 && copiesB.count() > 0) {
            long shift = copiesB.time(0) - copiesA.time(0) - clock.residual(copiesA.time(0), copiesB.time(0));
            long[] timesA = copiesA.times(shift);
            long[] timesB = copiesB.times(0);
            int[] partners = fewerA ? GroupAlignment.align(timesA, timesB) : GroupAlignment.align(timesB, timesA);
            for (int i = 0; i < partners.length; i++) {
                int indexA = fewerA ? i : partners[i];
                int indexB = fewerA ? partners[i] : i;
                takenA[indexA] = true;
                takenB[indexB] = true;
                int numberA = copiesA.number(indexA);
                pair(tally, a, copiesA.row(indexA), numberA, b, copiesB.row(indexB), copiesB.number(indexB));
            }
        }
        // What comes again and again by itself is no duplicate: that lies closer than copies do on the other side.
        markDuplicates(sideA, copiesA, takenA, Math.min(window, copiesB.usualSpacing() / 2));
        markDuplicates(sideB, copiesB, takenB, Math.min(window, copiesA.usualSpacing() / 2));
    }

    private void markDuplicates(Side side, Copies copies, boolean[] taken, long within) {
        for (int i = 0; i < taken.length; i++) {
            if (taken[i]) continue;
            if (copies.isDuplicate(i, taken, within)) side.mark(copies.number(i), Side.DUPLICATE);
            else leftovers = true;
        }
    }

    /** Are there packets that found no partner and are no duplicates? */
    boolean hasLeftovers() {
        return leftovers;
    }
}
