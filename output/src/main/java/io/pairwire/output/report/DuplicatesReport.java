package io.pairwire.output.report;

import io.pairwire.engine.fate.Copies;
import io.pairwire.engine.fate.ReviewedPacket;
import io.pairwire.engine.fate.Reviewer;
import io.pairwire.output.TableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every packet whose like was seen before, one row each: {@code retransmission} of a TCP segment, or {@code equal_payload}
 * that was sent anew; with the packet it is like. Names are stable.
 */
public final class DuplicatesReport implements Reviewer, Closeable {
    private final TableFile table;
    private final PacketColumns columns = new PacketColumns();
    private final Copies copies;
    private long retransmissions;
    private long equalPayloads;

    /** Begins a file that replaces what is there. */
    public DuplicatesReport(Path path, Copies copies) throws IOException {
        var names = new ArrayList<>(PacketColumns.NAMES);
        names.addAll(List.of("kind", "of_file", "of_packet", "after_ns"));
        table = new TableFile(path, names);
        this.copies = copies;
    }

    @Override
    public void onPacket(ReviewedPacket reviewed) throws IOException {
        Optional<Copies.Copy> found = copies.of(reviewed);
        if (found.isEmpty()) return;
        Copies.Copy copy = found.get();
        if (copy.retransmission()) retransmissions++;
        else equalPayloads++;
        columns.write(table, reviewed);
        table.text(copy.retransmission() ? "retransmission" : "equal_payload");
        table.text(reviewed.fileName(copy.file())).number(copy.number());
        if (copy.afterNanos().isPresent()) table.number(copy.afterNanos().getAsLong());
        else table.nothing();
    }

    /** TCP segments that were seen before. */
    public long retransmissions() {
        return retransmissions;
    }

    /** Equal payloads that were sent anew. */
    public long equalPayloads() {
        return equalPayloads;
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
