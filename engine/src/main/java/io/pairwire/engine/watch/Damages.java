package io.pairwire.engine.watch;

import io.pairwire.capture.SourceStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with which file, each file counted once. Written by one thread, read by any. */
final class Damages {
    private final List<SourceStatistics.Damage> list = new ArrayList<>();
    private final Set<String> files = new HashSet<>();
    private int damagedFiles;

    /** True if it is the first of that file. */
    synchronized boolean add(SourceStatistics.Damage damage) {
        boolean first = files.size() == SourceStatistics.DAMAGES || files.add(damage.file());
        if (first) damagedFiles++;
        if (list.size() < SourceStatistics.DAMAGES) list.add(damage);
        return first;
    }

    synchronized SourceStatistics statistics(int known, int done, long packets, long bytes) {
        return new SourceStatistics(known, done, damagedFiles, packets, bytes, 0, list);
    }
}
