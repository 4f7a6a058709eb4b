package io.pairwire.engine.compare;

import java.io.IOException;

/**
 * Which pairs are out of order: as few as must be taken away so that the rest has the same order on both sides. Found as
 * the longest rising subsequence (patience sorting), in n log n steps at worst and n where nearly all is in order.
 *
 * <p>Which of two exchanged packets has moved is a matter of taste; so that exchanging A and B exchanges the answer, the
 * capture with the smaller fingerprint is always the one that is walked.
 */
final class Reordering {
    private final Side walked;
    private final Side other;
    private final Scratch scratch;
    private long count;
    private long distanceSum;
    private long greatestDistance;

    Reordering(Side a, Side b, Scratch scratch) {
        boolean straight = Long.compare(a.fingerprint, b.fingerprint) <= 0;
        walked = straight ? a : b;
        other = straight ? b : a;
        this.scratch = scratch;
    }

    /** Marks the packets that moved on both sides, and counts. */
    void find() throws IOException {
        if (isRising()) return;
        var last = new Rows(scratch, 4, 13); // of each length, the packet that ends the best subsequence
        var before = new Rows(scratch, 4, 13); // of each packet, the one before it, 1 more than it is
        for (int number = 0; number < walked.packets.count(); number++) {
            before.add();
            int partner = walked.partner(number);
            if (partner <= 0) continue;
            int at = last.count();
            if (at > 0 && walked.partner(last.get32(at - 1, 0)) > partner) at = firstAbove(last, partner);
            if (at == last.count()) last.add();
            last.set32(at, 0, number);
            if (at > 0) before.set32(number, 0, last.get32(at - 1, 0) + 1);
        }
        mark(last.get32(last.count() - 1, 0), before);
    }

    private boolean isRising() {
        int highest = 0;
        for (int number = 0; number < walked.packets.count(); number++) {
            int partner = walked.partner(number);
            if (partner <= 0) continue;
            if (partner < highest) return false;
            highest = partner;
        }
        return true;
    }

    private int firstAbove(Rows last, int partner) {
        int low = 0;
        int high = last.count() - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (walked.partner(last.get32(middle, 0)) > partner) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private void mark(int end, Rows before) throws IOException {
        var ranks = new Rows(scratch, 4, 13);
        int rank = 0;
        for (int number = 0; number < other.packets.count(); number++) {
            ranks.set32(ranks.add(), 0, other.partner(number) > 0 ? rank++ : 0);
        }
        int inOrder = end;
        for (int number = walked.packets.count() - 1; number >= 0; number--) {
            int partner = walked.partner(number);
            if (partner <= 0) continue;
            rank--;
            if (number == inOrder) {
                inOrder = before.get32(number, 0) - 1;
                continue;
            }
            int distance = Math.abs(ranks.get32(partner - 1, 0) - rank);
            count++;
            distanceSum += distance;
            greatestDistance = Math.max(greatestDistance, distance);
            walked.packets.set32(number, Side.CHANGES, walked.changes(number) | Side.MOVED);
            other.packets.set32(partner - 1, Side.CHANGES, other.changes(partner - 1) | Side.MOVED);
        }
    }

    long count() {
        return count;
    }

    /** Pairs that the farthest packet was moved past. */
    long greatestDistance() {
        return greatestDistance;
    }

    double meanDistance() {
        return count == 0 ? 0 : (double) distanceSum / count;
    }
}
