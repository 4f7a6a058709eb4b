package io.pairwire.output.report;

import io.pairwire.engine.fate.AloneReason;
import io.pairwire.engine.fate.Bursts;
import io.pairwire.engine.fate.Fate;
import io.pairwire.engine.fate.ReviewedPacket;
import io.pairwire.engine.fate.Reviewer;
import io.pairwire.output.TableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every packet that has no partner, one row each, with what became of it ({@code outcome}, the words of the statistics), why
 * ({@code reason}), the burst it belongs to, and the partner that came too late if there is one. Packets that the snapshot length cut are among them, without a burst. Names
 * are stable.
 */
public final class UnmatchedReport implements Reviewer, Closeable {
    private final TableFile table;
    private final PacketColumns columns = new PacketColumns();
    private final Bursts bursts;
    private final Map<AloneReason, Long> reasons = new EnumMap<>(AloneReason.class);

    /** @param bursts sees every packet before this report does */
    public UnmatchedReport(Path path, Bursts bursts) throws IOException {
        var names = new ArrayList<>(PacketColumns.NAMES);
        names.addAll(List.of("outcome", "reason", "burst", "late_file", "late_packet", "late_ns"));
        table = new TableFile(path, names);
        this.bursts = bursts;
    }

    @Override
    public void onPacket(ReviewedPacket reviewed) throws IOException {
        Optional<AloneReason> reason = reviewed.reason();
        if (reason.isEmpty()) return;
        reasons.merge(reason.get(), 1L, Long::sum);
        columns.write(table, reviewed);
        table.text(reviewed.fate().text()).text(reason.get().text());
        if (reviewed.fate() == Fate.NOT_ELIGIBLE) table.nothing();
        else table.number(bursts.number());
        if (reviewed.isLate()) {
            table.text(reviewed.otherFile()).number(reviewed.otherNumber()).number(reviewed.latencyNanos());
        } else {
            table.nothing().nothing().nothing();
        }
    }

    /** Packets by reason. */
    public Map<AloneReason, Long> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    /** All packets are there: the file comes into place. */
    public void commit() throws IOException {
        table.commit();
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
