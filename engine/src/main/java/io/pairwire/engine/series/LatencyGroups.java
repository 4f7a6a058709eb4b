package io.pairwire.engine.series;

import io.pairwire.engine.Latencies;
import io.pairwire.engine.LatencyRecorder;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PairObserver;
import java.util.ArrayList;
import java.util.List;

/** Latencies by group. Every pair is in exactly one group. Belongs to one thread. */
public final class LatencyGroups implements PairObserver {
    private final GroupIndex index;
    private final long expiryNanos;
    private final LatencyRecorder other;
    private final RowIndex rows = new RowIndex();
    private final List<LatencyRecorder> recorders = new ArrayList<>();
    private int lastGroup = -1;
    private LatencyRecorder last;

    /**
     * One group.
     *
     * @param by what the groups were made by
     * @param name of the group, {@link GroupIndex#OTHER} for what was beyond a bound
     */
    public record Group(GroupBy by, String name, Latencies latencies) {}

    /**
     * @param index numbers the groups
     * @param expiryNanos the largest latency there should be
     */
    public LatencyGroups(GroupIndex index, long expiryNanos) {
        this.index = index;
        this.expiryNanos = expiryNanos;
        other = LatencyRecorder.packed(expiryNanos);
        last = other;
    }

    @Override
    public void onPair(MatchedPair pair) {
        onPair(pair, true);
    }

    /** Records a pair, in the rest if that would need a new group and there is no room; answers how many groups are new. */
    int onPair(MatchedPair pair, boolean hasRoom) {
        int group = index.of(pair);
        int known = recorders.size();
        if (group != lastGroup) {
            last = group == index.other() ? other : recorder(group, hasRoom);
            lastGroup = last == other ? -1 : group;
        }
        last.record(pair.latencyNanos());
        return recorders.size() - known;
    }

    private LatencyRecorder recorder(int group, boolean hasRoom) {
        int row = rows.find(group);
        if (row >= 0) return recorders.get(row);
        if (!hasRoom) return other;
        rows.add(group);
        recorders.add(LatencyRecorder.packed(expiryNanos));
        return recorders.getLast();
    }

    /** Groups it holds, the rest not counted. */
    int held() {
        return recorders.size();
    }

    /** The groups in the order of their names; the one for what was beyond a bound last, if it has any. */
    public List<Group> groups() {
        var groups = new ArrayList<Group>();
        for (int group : index.sorted()) {
            int row = rows.find(group);
            if (row < 0) continue;
            groups.add(
                    new Group(index.by(), index.name(group), recorders.get(row).latencies()));
        }
        if (other.latencies().count() > 0) groups.add(new Group(index.by(), GroupIndex.OTHER, other.latencies()));
        return groups;
    }
}
