package io.pairwire.engine.compare;

import io.pairwire.engine.compare.Finding.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the changes of pairs, and keeps the first places of each. */
final class ChangeTally {
    private static final FieldChange[] CHANGES = FieldChange.values();
    private static final Comparator<Evidence> ORDER =
            Comparator.comparingLong(place -> place.packetA() + place.packetB());

    private final long[] counts = new long[CHANGES.length];
    private final List<List<Evidence>> places = new ArrayList<>();
    private final long[] farthest = new long[CHANGES.length];
    private final Profile profile;
    private long weight;
    private long changed;

    ChangeTally(Profile profile) {
        this.profile = profile;
        for (int i = 0; i < CHANGES.length; i++) {
            places.add(new ArrayList<>());
            farthest[i] = Long.MAX_VALUE;
        }
    }

    /** Takes in a pair; {@code details} tells what kind of rows they are in. */
    void add(int changes, Rows a, int rowA, Rows b, int rowB, int numberA, int numberB, boolean details) {
        int penalty = 0;
        if (changes != 0) changed++;
        for (int left = changes; left != 0; left &= left - 1) {
            int index = Integer.numberOfTrailingZeros(left);
            counts[index]++;
            if (!profile.expects(CHANGES[index])) penalty += CHANGES[index].penalty();
            long sum = (long) numberA + numberB;
            if (sum < farthest[index]) keep(index, a, rowA, b, rowB, numberA, numberB, details);
        }
        weight += 100 - Math.min(penalty, Similarity.GREATEST_PENALTY);
    }

    private void keep(int index, Rows a, int rowA, Rows b, int rowB, int numberA, int numberB, boolean details) {
        String what = text(CHANGES[index], a, rowA, details) + " -> " + text(CHANGES[index], b, rowB, details);
        Endpoints who = details ? Endpoints.of(a, rowA) : Endpoints.NONE;
        keep(index, new Evidence(numberA + 1L, numberB + 1L, who, what.equals(" -> ") ? "" : what));
    }

    private void keep(int index, Evidence place) {
        List<Evidence> kept = places.get(index);
        kept.add(place);
        if (kept.size() <= Finding.PLACES) return;
        kept.sort(ORDER);
        kept.removeLast();
        farthest[index] = kept.getLast().packetA() + kept.getLast().packetB() - 2;
    }

    /** Takes in what another has counted of other pairs. */
    void addAll(ChangeTally other) {
        changed += other.changed;
        weight += other.weight;
        for (int i = 0; i < CHANGES.length; i++) {
            counts[i] += other.counts[i];
            for (Evidence place : other.places.get(i)) keep(i, place);
        }
    }

    private static String text(FieldChange change, Rows rows, int row, boolean details) {
        return switch (change) {
            case TTL -> Integer.toString(Sighting.ttl(rows, row));
            case DSCP -> Integer.toString(Sighting.trafficClass(rows, row) >>> 2);
            case VLAN -> Sighting.vlan(rows, row) > 0xfff ? "none" : Integer.toString(Sighting.vlan(rows, row));
            case PORTS -> (Sighting.ports(rows, row) >>> 16) + " > " + (Sighting.ports(rows, row) & 0xffff);
            case CHECKSUM -> hex(Sighting.checksums(rows, row) >>> 16) + "/" + hex(Sighting.checksums(rows, row));
            case MAC, ADDRESSES, PAYLOAD -> "";
            default -> details ? detail(change, rows, row) : "";
        };
    }

    private static String detail(FieldChange change, Rows rows, int row) {
        long sequences = rows.get64(row, Detail.SEQUENCES);
        return switch (change) {
            case IP_ID -> Integer.toString(rows.get32(row, Detail.IDENTIFICATION));
            case FLAGS -> hex(Detail.flags(rows, row));
            case SEQUENCE -> Long.toString(sequences >>> 32);
            case ACKNOWLEDGMENT -> Integer.toUnsignedString((int) sequences);
            case WINDOW -> Integer.toString(rows.get32(row, Detail.FLAGS_AND_WINDOW) & 0xffff);
            case LENGTH -> Integer.toString(Detail.length(rows, row));
            case FRAGMENTATION -> hex(rows.get32(row, Detail.FRAGMENT));
            default -> "";
        };
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value & 0xffff);
    }

    Profile profile() {
        return profile;
    }

    long count(FieldChange change) {
        return counts[change.ordinal()];
    }

    /** Pairs in which anything changed. */
    long changed() {
        return changed;
    }

    /** What the pairs weigh together, in hundredths. */
    long weight() {
        return weight;
    }

    List<Evidence> places(FieldChange change) {
        var sorted = new ArrayList<>(places.get(change.ordinal()));
        sorted.sort(ORDER);
        return sorted;
    }
}
