package io.pairwire.decode.stream;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connections that are known: those that live in the order of their last packet, those that ended in that of their end. */
final class Connections {
    private final int most;
    private final boolean byVlan;
    private final PiecePool pool;
    private final KeyedTable<TcpConnection> table;
    private final TimeList<TcpConnection> open = new TimeList<>(TcpConnection.class);
    private final TimeList<TcpConnection> closed = new TimeList<>(TcpConnection.class);
    private final List<TcpConnection> spare = new ArrayList<>();
    private int made;
    private long serial;
    private boolean fromFirst;

    Connections(StreamSettings settings, PiecePool pool, RandomGenerator random) {
        most = settings.connections();
        byVlan = settings.byVlan();
        this.pool = pool;
        table = new KeyedTable<>(TcpConnection.class, random);
    }

    int count() {
        return table.count();
    }

    boolean isFull() {
        return table.count() == most;
    }

    /** The connection a segment belongs to, or null. Sets {@link #isFromFirst}. */
    @Nullable
    TcpConnection find(Packet packet, Layers layers) {
        long sourceHigh = layers.sourceHigh();
        long sourceLow = layers.sourceLow();
        int sourcePort = layers.sourcePort();
        long destinationHigh = layers.destinationHigh();
        long destinationLow = layers.destinationLow();
        int destinationPort = layers.destinationPort();
        int order = Long.compareUnsigned(sourceHigh, destinationHigh);
        if (order == 0) order = Long.compareUnsigned(sourceLow, destinationLow);
        if (order == 0) order = sourcePort - destinationPort;
        fromFirst = order <= 0;
        long version = (long) layers.ipVersion() << 32;
        long vlans = byVlan ? KeyedTable.vlans(packet, layers) : 0;
        if (fromFirst) {
            long ports = version | (long) sourcePort << 16 | destinationPort;
            table.key(sourceHigh, sourceLow, destinationHigh, destinationLow, ports, vlans);
        } else {
            long ports = version | (long) destinationPort << 16 | sourcePort;
            table.key(destinationHigh, destinationLow, sourceHigh, sourceLow, ports, vlans);
        }
        return table.find();
    }

    /** Does the segment go from the first endpoint of the key to the second? */
    boolean isFromFirst() {
        return fromFirst;
    }

    /** Begins a connection under the key of the last {@link #find}; there must be room. */
    TcpConnection begin(boolean originatorIsFirst, long epochNanos) {
        TcpConnection connection = spare.isEmpty() ? new TcpConnection(made++, pool) : spare.removeLast();
        connection.reset(++serial, originatorIsFirst, epochNanos);
        table.add(connection);
        open.putLast(connection, epochNanos);
        return connection;
    }

    /** A packet of the connection was seen. */
    void touch(TcpConnection connection, long epochNanos) {
        if (!connection.closed) open.putLast(connection, epochNanos);
    }

    /** Both streams have ended. */
    void close(TcpConnection connection, long epochNanos) {
        if (connection.closed) return;
        open.remove(connection);
        connection.closed = true;
        closed.putLast(connection, epochNanos);
    }

    /** Forgets a connection. */
    void remove(TcpConnection connection) {
        if (connection.closed) closed.remove(connection);
        else open.remove(connection);
        table.remove(connection);
        connection.serial = 0;
        spare.add(connection);
    }

    /** The one to go first if there are too many: one that ended, or else the one not heard of for the longest time. */
    @Nullable
    TcpConnection first() {
        TcpConnection connection = closed.first();
        return connection != null ? connection : open.first();
    }

    @Nullable
    TcpConnection idle(long epochNanos, long timeoutNanos) {
        return open.overdue(epochNanos, timeoutNanos);
    }

    @Nullable
    TcpConnection lingering(long epochNanos, long timeoutNanos) {
        return closed.overdue(epochNanos, timeoutNanos);
    }
}
