package io.pairwire.engine.analyse;

import java.io.IOException;

/**
 * Counts who talks with whom, of the conversations that are its own. While packets come, each IP packet is counted once, in the
 * conversation of its transport, or of its addresses where it has none; what follows from these, endpoints and conversations
 * of IP, is added up at the end. Not thread-safe.
 */
final class TalkCounter implements AutoCloseable {
    // What an entry is, in the highest byte of its first word. Below: IP version, lower port, upper port.
    static final int ETHERNET = 1;
    static final int IP = 2;
    static final int UDP = 3;
    static final int SCTP = 4;
    static final int TCP = 5;
    static final int END = 16; // and above it the ordinal of the layer

    /** {@link Talk#MARKS}: it was the outermost of its kind in some packet. */
    static final int OUTERMOST = 1;

    private final Workspace workspace;
    private final TalkTable talks;
    private final StreamTable streams;
    private final TcpCounter tcp;
    private final StepCounter retransmissions;
    private long touched;

    /**
     * @param shareBytes of the memory limit, for all that it keeps
     * @param seed of hashes, the same as of the batches it counts
     * @param stepNanos as {@link StepCounter} takes it
     */
    TalkCounter(Workspace workspace, long shareBytes, long seed, boolean judges, long stepNanos) {
        this.workspace = workspace;
        talks = new TalkTable(workspace, shareBytes / 4, seed);
        streams = new StreamTable(workspace, shareBytes / 2, seed);
        tcp = new TcpCounter(workspace, shareBytes / 4, judges);
        retransmissions = new StepCounter(stepNanos);
    }

    static long word(int kind, int version, int lowerPort, int upperPort) {
        return (long) kind << 56 | (long) version << 48 | (long) lowerPort << 16 | upperPort;
    }

    static int kind(long word) {
        return (int) (word >>> 56);
    }

    static int kind(Talk talk) {
        return kind(talk.key(0));
    }

    static int version(Talk talk) {
        return (int) (talk.key(0) >>> 48) & 0xff;
    }

    static int lowerPort(Talk talk) {
        return (int) (talk.key(0) >>> 16) & 0xffff;
    }

    static int upperPort(Talk talk) {
        return (int) talk.key(0) & 0xffff;
    }

    Workspace workspace() {
        return workspace;
    }

    TalkTable talks() {
        return talks;
    }

    StreamTable streams() {
        return streams;
    }

    TcpCounter tcp() {
        return tcp;
    }

    /** When segments were sent again. */
    StepCounter retransmissions() {
        return retransmissions;
    }

    /** Asks memory for what a packet of a batch will need first. */
    void touch(TalkBatch batch, int i) {
        long hash = batch.hash(i);
        touched ^= kind(batch.key(i)) == TCP ? streams.touchSlot(hash) : talks.touch(hash);
    }

    /** The same for what is found through the first. */
    void touchAgain(TalkBatch batch, int i) {
        if (kind(batch.key(i)) == TCP) touched ^= streams.touch(batch.hash(i));
    }

    /** Keeps what touching answered from being optimised away. */
    long touched() {
        return touched;
    }

    /** Counts a packet of a batch. */
    void count(TalkBatch batch, int i) {
        int kind = kind(batch.key(i));
        if (kind == TCP) {
            int events = tcp.count(batch, i, streams);
            boolean again = (events & TcpEvent.RETRANSMISSION.bit()) != 0;
            if (again && (batch.marks(i) & TalkBatch.TIMED) != 0) retransmissions.add(batch.nanos(i), 0);
            return;
        }
        int marks = batch.marks(i);
        Talk talk = talks.find(
                batch.hash(i),
                batch.key(i),
                batch.lowerHigh(i),
                batch.lowerLow(i),
                batch.upperHigh(i),
                batch.upperLow(i));
        if ((marks & TalkBatch.QUOTED) == 0) {
            boolean up = (marks & TalkBatch.UP) != 0;
            talk.count(up, batch.originalLength(i));
            if ((marks & TalkBatch.TIMED) != 0) talk.times(batch.nanos(i), batch.nanos(i));
            talk.number(batch.number(i) << 1 | (up ? 0 : 1));
        }
        if (kind == UDP && (marks & TalkBatch.SHOWN) != 0) talk.set(Talk.MARKS, OUTERMOST);
    }

    @Override
    public void close() throws IOException {
        try (talks;
                streams) {
            tcp.close();
        }
    }
}
