package io.pairwire.engine.compare;

import io.pairwire.decode.wire.Tcp;
import io.pairwire.engine.compare.Finding.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Walks through what became of the packets and says what is worth telling. */
final class Reporting {
    private static final double MUCH = 0.01;

    private final CompareSettings settings;
    private final Side a;
    private final Side b;
    private final ClockFit clock;
    private final ChangeTally tally;
    private final Leftovers leftovers;
    private final Reordering reordering;
    private final SessionDifferences sessions;
    private final List<Finding> findings = new ArrayList<>();
    private final Delays.Gathering gathering = new Delays.Gathering();
    private final List<Evidence> moved = new ArrayList<>();
    private long matched;

    Reporting(
            CompareSettings settings,
            Side a,
            Side b,
            ClockFit clock,
            ChangeTally tally,
            Leftovers leftovers,
            Reordering reordering,
            SessionDifferences sessions) {
        this.settings = settings;
        this.a = a;
        this.b = b;
        this.clock = clock;
        this.tally = tally;
        this.leftovers = leftovers;
        this.reordering = reordering;
        this.sessions = sessions;
    }

    /** What is counted of the packets without partner on one side. */
    private static final class Fates {
        long duplicates;
        long missing;
        long outside;
        long resets;
        long longestBurst;
        final List<Evidence> missed = new ArrayList<>();
        final List<Evidence> copies = new ArrayList<>();
    }

    CompareReport report() {
        walkPairs();
        Fates ofA = fates(true);
        Fates ofB = fates(false);
        CompareReport.Capture captureA = capture(a, ofA, leftovers.segments.packetsA(), leftovers.fragments.packetsA());
        CompareReport.Capture captureB = capture(b, ofB, leftovers.segments.packetsB(), leftovers.fragments.packetsB());
        Delays delays = gathering.end(clock);
        var changes = new EnumMap<FieldChange, Long>(FieldChange.class);
        for (FieldChange change : FieldChange.values()) changes.put(change, tally.count(change));
        long recut =
                captureA.resegmented() + captureA.refragmented() + captureB.resegmented() + captureB.refragmented();
        var similarity = Similarity.of(
                captureA.packets() + captureB.packets(),
                tally.weight(),
                recut,
                matched,
                reordering.count(),
                gathering.lateness());
        missing("missing_in_b", captureA, ofA, "B");
        missing("missing_in_a", captureB, ofB, "A");
        duplicates("duplicates_a", ofA, "A");
        duplicates("duplicates_b", ofB, "B");
        changed(changes);
        recut();
        moved();
        clocks(delays);
        sessions();
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Comparator.comparingLong(Finding::count).reversed())
                .thenComparing(Finding::kind));
        return new CompareReport(
                captureA,
                captureB,
                matched,
                tally.changed(),
                reordering.count(),
                reordering.greatestDistance(),
                reordering.meanDistance(),
                changes,
                leftovers.segments.count(),
                leftovers.fragments.count(),
                delays,
                sessions,
                similarity,
                findings);
    }

    private void walkPairs() {
        for (int number = 0; number < a.packets.count(); number++) {
            int partner = a.partner(number);
            if (partner <= 0) continue;
            matched++;
            long timeA = a.time(number);
            long timeB = b.time(partner - 1);
            gathering.add(clock.residual(timeA, timeB), clock.residualWithDrift(timeA, timeB));
            if ((a.changes(number) & Side.MOVED) != 0 && moved.size() < Finding.PLACES)
                moved.add(new Evidence(a.told(number), b.told(partner - 1), Endpoints.NONE, ""));
        }
    }

    private Fates fates(boolean first) {
        Side side = first ? a : b;
        Side other = first ? b : a;
        Rows details = first ? leftovers.a() : leftovers.b();
        var fates = new Fates();
        int detail = 0;
        long burst = 0;
        for (int number = 0; number < side.packets.count(); number++) {
            int partner = side.partner(number);
            while (detail < details.count() && details.get32(detail, Sighting.NUMBER) < number) detail++;
            boolean known = detail < details.count() && details.get32(detail, Sighting.NUMBER) == number;
            burst = partner == 0 ? burst + 1 : 0;
            fates.longestBurst = Math.max(fates.longestBurst, burst);
            if (partner != 0 && partner != Side.DUPLICATE) continue;
            Endpoints who = known ? Endpoints.of(details, detail) : Endpoints.NONE;
            var place = new Evidence(first ? side.told(number) : 0, first ? 0 : side.told(number), who, "");
            if (partner == Side.DUPLICATE) {
                if (fates.duplicates++ < Finding.PLACES) fates.copies.add(place);
                continue;
            }
            if (fates.missing++ < Finding.PLACES) fates.missed.add(place);
            if (isOutside(side.time(number), first, other)) fates.outside++;
            if (known && (Detail.flags(details, detail) & Tcp.RST) != 0) fates.resets++;
        }
        return fates;
    }

    /** Was the other capture not running at that time? */
    private boolean isOutside(long time, boolean ofA, Side other) {
        if (other.packets.count() == 0) return false;
        long there = ofA ? time + clock.offsetNanos() : time - clock.offsetNanos();
        return there < other.firstNanos || there > other.lastNanos;
    }

    private static CompareReport.Capture capture(Side side, Fates fates, long resegmented, long refragmented) {
        boolean any = side.packets.count() > 0;
        return new CompareReport.Capture(
                side.packets.count(),
                side.bytes,
                any ? side.firstNanos : 0,
                any ? side.lastNanos : 0,
                fates.missing,
                fates.duplicates,
                resegmented,
                refragmented,
                fates.outside,
                fates.resets);
    }

    private void missing(String kind, CompareReport.Capture capture, Fates fates, String where) {
        if (fates.missing == 0) return;
        String cause;
        if (2 * fates.outside > fates.missing) cause = "the capture of " + where + " did not run the whole time";
        else if (2 * fates.resets > fates.missing) cause = "injected: packets with RST that only one side saw";
        else if (fates.missing == capture.packets()) cause = "other traffic, or addresses change (try the profile nat)";
        else if (fates.longestBurst > 10 && 2 * fates.longestBurst > fates.missing)
            cause = "an outage: most are missing in one go";
        else cause = "loss on the way, drops of the capture, a filter, or packets that one side added";
        boolean much = fates.missing > MUCH * capture.packets();
        findings.add(new Finding(
                kind,
                much ? Severity.HIGH : Severity.MEDIUM,
                fates.missing,
                "packets that " + where + " lacks; the longest run of them has " + fates.longestBurst,
                cause,
                fates.missed));
    }

    private void duplicates(String kind, Fates fates, String where) {
        if (fates.duplicates == 0) return;
        findings.add(new Finding(
                kind,
                Severity.MEDIUM,
                fates.duplicates,
                "copies that only " + where + " has of packets that are there already",
                "a mirror port that sees both ways, or a loop (try pairwire dedup)",
                fates.copies));
    }

    private void changed(Map<FieldChange, Long> changes) {
        changes.forEach((change, count) -> {
            if (count == 0 || settings.profile().expects(change)) return;
            findings.add(new Finding(
                    change.label(),
                    change.severity(),
                    count,
                    "pairs of packets that differ in " + change.label().replace('_', ' '),
                    change.cause(),
                    told(tally.places(change))));
        });
    }

    private List<Evidence> told(List<Evidence> places) {
        return places.stream()
                .map(place -> new Evidence(
                        a.told((int) place.packetA() - 1),
                        b.told((int) place.packetB() - 1),
                        place.who(),
                        place.what()))
                .toList();
    }

    private void recut() {
        recut(
                "resegmented",
                leftovers.segments,
                "stretches of TCP streams in other segments, bytes the same",
                "segmentation offload (TSO, GRO, LRO) at one point, or a proxy that copies streams");
        recut(
                "refragmented",
                leftovers.fragments,
                "datagrams in other fragments, bytes the same",
                "a smaller MTU on the way, or a device that puts fragments together");
    }

    private void recut(String kind, Stretches stretches, String what, String cause) {
        if (stretches.count() == 0) return;
        List<Evidence> places = stretches.examples().stream()
                .map(example -> new Evidence(
                        a.told(leftovers.a().get32(example.rowA(), Sighting.NUMBER)),
                        b.told(leftovers.b().get32(example.rowB(), Sighting.NUMBER)),
                        Endpoints.of(leftovers.a(), example.rowA()),
                        example.packetsA() + " -> " + example.packetsB() + " packets, " + example.bytes() + " bytes"))
                .sorted(Comparator.comparingLong(place -> place.packetA() + place.packetB()))
                .limit(Finding.PLACES)
                .toList();
        findings.add(new Finding(kind, Severity.LOW, stretches.count(), what, cause, places));
    }

    private void moved() {
        if (reordering.count() == 0) return;
        findings.add(new Finding(
                "reordered",
                Severity.MEDIUM,
                reordering.count(),
                "pairs out of order; the farthest was moved past " + reordering.greatestDistance() + " others",
                "several paths or queues on the way, or a capture that merges several queues",
                moved));
    }

    private void clocks(Delays delays) {
        if (delays.driftPpm() == 0) return;
        findings.add(new Finding(
                "clock_drift",
                Severity.LOW,
                1,
                "one clock runs " + Math.round(Math.abs(delays.driftPpm()) * 1_000) / 1_000.0 + " ppm faster, that of "
                        + (delays.driftPpm() > 0 ? "B" : "A"),
                "clocks that nobody keeps together (NTP, PTP)",
                List.of()));
    }

    private void sessions() {
        if (sessions.differing() == 0) return;
        List<Evidence> places = sessions.worst().stream()
                .limit(Finding.PLACES)
                .map(session -> new Evidence(0, 0, session.who(), String.join(", ", session.what())))
                .toList();
        findings.add(new Finding(
                "sessions",
                Severity.MEDIUM,
                sessions.differing(),
                "TCP sessions that look different to both points",
                "follows from what is missing or changed",
                places));
    }
}
