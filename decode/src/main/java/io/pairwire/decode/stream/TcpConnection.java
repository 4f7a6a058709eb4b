package io.pairwire.decode.stream;

/**
 * A TCP connection, both of its streams. Valid from the first {@link StreamHandler#begin} until both have ended, then used
 * again for another.
 */
public final class TcpConnection extends Keyed {
    private final int index;
    private final TcpStream originator;
    private final TcpStream responder;

    boolean originatorIsFirst;
    boolean closed;
    long serial;
    long beginNanos;

    TcpConnection(int index, PiecePool pool) {
        this.index = index;
        originator = new TcpStream(this, Direction.ORIGINATOR, pool);
        responder = new TcpStream(this, Direction.RESPONDER, pool);
    }

    void reset(long serial, boolean originatorIsFirst, long epochNanos) {
        this.serial = serial;
        this.originatorIsFirst = originatorIsFirst;
        beginNanos = epochNanos;
        closed = false;
        originator.reset();
        responder.reset();
    }

    TcpStream from(boolean first) {
        return first == originatorIsFirst ? originator : responder;
    }

    /** A small number that no other connection has at the same time: for tables of what callers know about connections. */
    public int index() {
        return index;
    }

    /** A number that no other connection of the same reassembler ever has, from 1, in the order of their beginning. */
    public long serial() {
        return serial;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return (int) (ports >>> 32);
    }

    /** When its first packet was captured, nanoseconds since 1970. */
    public long beginNanos() {
        return beginNanos;
    }

    public TcpStream stream(Direction direction) {
        return direction == Direction.ORIGINATOR ? originator : responder;
    }

    int firstPort() {
        return (int) (ports >>> 16) & 0xffff;
    }

    int secondPort() {
        return (int) ports & 0xffff;
    }
}
