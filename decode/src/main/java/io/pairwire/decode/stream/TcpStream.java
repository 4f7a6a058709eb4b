package io.pairwire.decode.stream;

/**
 * What one side of a TCP connection sends. Valid from {@link StreamHandler#begin} until {@link StreamHandler#end} returns,
 * then used again for another.
 *
 * <p>Offsets count bytes from the first one: that behind the SYN, or where the stream was picked up without one.
 */
public final class TcpStream extends Linked {
    final TcpConnection connection;
    final Pieces held;

    private final Direction direction;

    boolean begun;
    boolean synSeen;
    boolean ended;

    /** The sequence number of offset 0. */
    int firstSequence;

    /** The sequence number of the byte that is wanted next. */
    int nextSequence;

    /** The offset of that byte. */
    long next;

    /** Where what is handed over now begins. */
    long position;

    /** Where the stream ends by the word of its sender, or -1. */
    long finAt;

    /** After a segment out of the window: the sequence number behind it, if there was one. */
    int strayEnd;

    boolean strayed;

    /** The value of {@link #next} when it was last put into the list of waiting streams. */
    long listedNext;

    TcpStream(TcpConnection connection, Direction direction, PiecePool pool) {
        this.connection = connection;
        this.direction = direction;
        this.held = new Pieces(pool);
        reset();
    }

    void reset() {
        begun = false;
        synSeen = false;
        ended = false;
        next = 0;
        position = 0;
        finAt = -1;
        strayed = false;
    }

    /** Sets the sequence number of offset 0, while nothing was handed over. */
    void startAt(int sequence) {
        firstSequence = sequence;
        nextSequence = sequence;
    }

    /** Goes on where somebody else has got to. */
    void resume(StreamPlace place) {
        begun = place.begun();
        synSeen = place.synSeen();
        startAt(place.nextSequence() - (int) place.delivered());
        if (place.delivered() > 0) advance(place.delivered());
    }

    /** Has nothing been handed over, given up or kept yet? */
    boolean isUntouched() {
        return next == 0 && held.isEmpty() && finAt < 0 && !ended;
    }

    /** Does something wait behind a gap: bytes, or the end? */
    boolean waits() {
        return !held.isEmpty() || finAt >= 0 && !ended;
    }

    void advance(long bytes) {
        position = next;
        next += bytes;
        nextSequence += (int) bytes;
    }

    public TcpConnection connection() {
        return connection;
    }

    /** Who sends it. */
    public Direction direction() {
        return direction;
    }

    /** What the other side sends. */
    public TcpStream opposite() {
        return connection.stream(direction == Direction.ORIGINATOR ? Direction.RESPONDER : Direction.ORIGINATOR);
    }

    /** The offset of the bytes or of the gap that is being handed over; at the end the length of the stream. */
    public long position() {
        return position;
    }

    /** Was the SYN seen, so that offset 0 is really the first byte? */
    public boolean isFromStart() {
        return synSeen;
    }

    /** The upper 64 bits of the sender's IPv6 address; 0 for IPv4. */
    public long sourceHigh() {
        return isFromFirst() ? connection.firstHigh : connection.secondHigh;
    }

    /** The lower 64 bits of it, or an IPv4 address in the low 32 bits. */
    public long sourceLow() {
        return isFromFirst() ? connection.firstLow : connection.secondLow;
    }

    public int sourcePort() {
        return isFromFirst() ? connection.firstPort() : connection.secondPort();
    }

    /** The upper 64 bits of the receiver's IPv6 address; 0 for IPv4. */
    public long destinationHigh() {
        return opposite().sourceHigh();
    }

    /** The lower 64 bits of it, or an IPv4 address in the low 32 bits. */
    public long destinationLow() {
        return opposite().sourceLow();
    }

    public int destinationPort() {
        return opposite().sourcePort();
    }

    private boolean isFromFirst() {
        return connection.originatorIsFirst == (direction == Direction.ORIGINATOR);
    }
}
