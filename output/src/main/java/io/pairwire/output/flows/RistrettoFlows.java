package io.pairwire.output.flows;

import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.output.ristretto.RistrettoColumn;
import io.pairwire.output.ristretto.RistrettoTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions as rows of RistrettoDB. A table holds five columns at most, so a session is one row in each of several tables,
 * which {@code flow_id} joins; {@code docs/ristretto.md} lists them. They appear together when this is closed, the one with the
 * addresses last.
 */
public final class RistrettoFlows implements FlowSink {
    /** How the first table is called, and the others begin. */
    public static final String NAME = "packet_flows";

    private static final String SUFFIX = ".rdb";
    private static final int ACTIVE = 1;
    private static final int TIMED_OUT = 2;
    private static final int FINISHED = 4;
    private static final int EVICTED = 8;

    private final List<RistrettoTable> tables = new ArrayList<>();
    private final RistrettoTable endpoints;
    private final RistrettoTable times;
    private final RistrettoTable counts;
    private final RistrettoTable ways;
    private final RistrettoTable exact;
    private final RistrettoTable protocols;
    private final RistrettoTable captures;
    private final RistrettoTable attributes;
    private boolean failed;

    /**
     * Begins the tables.
     *
     * @param output a folder, which is made if it is not there, or a file that ends in {@code .rdb}: then the tables lie beside
     *     each other and their names begin with that
     */
    public RistrettoFlows(Path output) throws IOException {
        boolean isFile = output.getFileName() != null
                && output.getFileName().toString().endsWith(SUFFIX)
                && !Files.isDirectory(output);
        Path absolute = output.toAbsolutePath();
        Path folder = isFile && absolute.getParent() != null ? absolute.getParent() : absolute;
        String file = isFile ? absolute.getFileName().toString() : NAME + SUFFIX;
        Path first = folder.resolve(file.substring(0, file.length() - SUFFIX.length()));
        if (!isFile) Files.createDirectories(folder);
        try {
            endpoints =
                    table(first, "", text("src_ip", 46), text("dst_ip", 46), number("src_port"), number("dst_port"));
            times = table(
                    first,
                    "_times",
                    number("protocol"),
                    number("first_seen"),
                    number("last_seen"),
                    number("duration_ms"));
            counts = table(
                    first,
                    "_counts",
                    number("packet_count"),
                    number("byte_count"),
                    number("tcp_flags"),
                    number("flow_state"));
            ways = table(
                    first,
                    "_ways",
                    number("packets_out"),
                    number("packets_in"),
                    number("bytes_out"),
                    number("bytes_in"));
            exact = table(first, "_exact", number("start_ns"), number("end_ns"), number("rtt_ns"), number("parent"));
            protocols = table(
                    first, "_protocols", text("label", 64), text("path", 255), text("confidence", 8), text("state", 8));
            captures = table(first, "_captures", text("capture", 255), text("history", 64));
            attributes = table(first, "_attributes", text("attribute", 64), text("value", 255));
        } catch (IOException e) {
            abandon(e);
            throw e;
        }
    }

    private static RistrettoColumn number(String name) {
        return RistrettoColumn.integer(name);
    }

    private static RistrettoColumn text(String name, int length) {
        return RistrettoColumn.text(name, length);
    }

    private RistrettoTable table(Path first, String ending, RistrettoColumn... more) throws IOException {
        var columns = new ArrayList<RistrettoColumn>();
        columns.add(number("flow_id"));
        columns.addAll(List.of(more));
        var table = new RistrettoTable(first.resolveSibling(first.getFileName() + ending + SUFFIX), columns);
        tables.add(table);
        return table;
    }

    @Override
    public void print(Session session, EndCause cause, String capture) throws IOException {
        failed = true; // until all tables have their row
        long id = session.id();
        long start = session.firstNanos();
        long end = session.lastNanos();
        endpoints
                .put(id)
                .put(AddressLiteral.of(session.ipVersion(), session.originatorHigh(), session.originatorLow()))
                .put(AddressLiteral.of(session.ipVersion(), session.responderHigh(), session.responderLow()))
                .put(session.originatorPort())
                .put(session.responderPort());
        times.put(id)
                .put(session.ipProtocol())
                .put(Math.floorDiv(start, 1_000_000_000L))
                .put(Math.floorDiv(end, 1_000_000_000L))
                .put((end - start) / 1_000_000L);
        long packetsOut = session.packets(Direction.ORIGINATOR);
        long packetsIn = session.packets(Direction.RESPONDER);
        long bytesOut = session.bytes(Direction.ORIGINATOR);
        long bytesIn = session.bytes(Direction.RESPONDER);
        counts.put(id)
                .put(packetsOut + packetsIn)
                .put(bytesOut + bytesIn)
                .put(session.tcpFlags(Direction.ORIGINATOR) | session.tcpFlags(Direction.RESPONDER))
                .put(state(session, cause));
        ways.put(id).put(packetsOut).put(packetsIn).put(bytesOut).put(bytesIn);
        exact.put(id).put(start).put(end).put(session.roundTripNanos()).put(session.parent());
        protocols
                .put(id)
                .put(String.join(".", session.label()))
                .put(session.path())
                .put(session.confidence().text())
                .put(session.state());
        captures.put(id).put(capture).put(session.history());
        attributes(id, session);
        failed = false;
    }

    private void attributes(long id, Session session) throws IOException {
        var values = session.attributes();
        for (int i = 0; i < values.count(); i++) {
            attributes.put(id).put(values.attribute(i).name()).put(values.text(i));
        }
    }

    private static int state(Session session, EndCause cause) {
        boolean closed = session.ipProtocol() == IpProtocol.TCP
                && (session.tcpFlags(Direction.ORIGINATOR) & session.tcpFlags(Direction.RESPONDER) & Tcp.FIN) != 0;
        int state = closed ? FINISHED : 0;
        return state
                | switch (cause) {
                    case IDLE -> closed ? 0 : TIMED_OUT;
                    case FINISHED -> closed ? 0 : ACTIVE;
                    case EVICTED -> EVICTED;
                    case REUSED -> 0;
                };
    }

    @Override
    public long printed() {
        return endpoints.rows();
    }

    private void abandon(IOException cause) {
        for (RistrettoTable table : tables) {
            try {
                table.abandon();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (failed) {
            var cause = new IOException("a session was not written whole");
            abandon(cause);
            if (cause.getSuppressed().length > 0) throw cause;
            return;
        }
        try {
            for (RistrettoTable table : tables.reversed()) table.close();
        } catch (IOException e) {
            abandon(e);
            throw e;
        }
    }
}
