package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.InspectorTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Gives captures that continue each other one inspector, and captures that overlap in time one each: a file that begins when
 * all before it have ended belongs to the group that ended last.
 */
final class CaptureGroups implements PacketHandler {
    private final IntPredicate isDone;
    private final Supplier<Inspector> inspectors;
    private final Map<Integer, Group> ofFile = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private Optional<InspectorTotals> totals = Optional.empty();
    private Optional<Group> latest = Optional.empty();

    /** Captures with one inspector; the file that was added last. */
    private static final class Group {
        final Inspector inspector;
        int file;

        Group(Inspector inspector, int file) {
            this.inspector = inspector;
            this.file = file;
        }
    }

    /** @param isDone has the last packet of the file with that index come? */
    CaptureGroups(IntPredicate isDone, Supplier<Inspector> inspectors) {
        this.isDone = isDone;
        this.inspectors = inspectors;
    }

    @Override
    public void onPacket(Packet packet) {
        Group group = latest.orElse(null);
        if (group == null || group.file != packet.file()) {
            group = ofFile.get(packet.file());
            if (group == null) {
                group = group(packet.file());
                ofFile.put(packet.file(), group);
            }
            latest = Optional.of(group);
        }
        group.inspector.offer(packet);
    }

    /** The group of a file that begins: files of a group come one after the other, so the last one stands for all. */
    private Group group(int file) {
        groups.stream()
                .filter(group -> isDone.test(group.file) && latest.orElseThrow() != group)
                .toList()
                .forEach(this::end);
        if (groups.size() == 1 && isDone.test(groups.getFirst().file)) {
            Group group = groups.getFirst();
            group.file = file;
            return group;
        }
        var group = new Group(inspectors.get(), file);
        groups.add(group);
        return group;
    }

    private void end(Group group) {
        group.inspector.finish();
        var its = InspectorTotals.of(group.inspector);
        totals = Optional.of(totals.map(all -> all.plus(its)).orElse(its));
        groups.remove(group);
        ofFile.values().removeIf(other -> other == group);
    }

    /** Ends all sessions and answers what was counted. */
    InspectorTotals finish() {
        if (groups.isEmpty()) groups.add(new Group(inspectors.get(), 0));
        for (Group group : List.copyOf(groups)) end(group);
        return totals.orElseThrow();
    }
}
