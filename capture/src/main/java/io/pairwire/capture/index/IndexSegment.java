package io.pairwire.capture.index;

import java.nio.ByteBuffer;

/**
 * Where in an index the part for {@link FlowGathering#PACKETS} packets lies: its chunks, and behind them its flows.
 *
 * @param at in the index
 * @param packets in it, from {@code firstNumber} on
 * @param firstPosition where its first packet begins in the capture
 */
record IndexSegment(
        long at,
        int chunks,
        int chunkCheck,
        int flows,
        int flowBytes,
        int postingBytes,
        int flowCheck,
        long firstNumber,
        int packets,
        long firstPosition,
        long earliest,
        long latest) {
    static final int LENGTH = 72;

    /** Bytes of a chunk: position, number, earliest and latest time of its packets. */
    static final int CHUNK = 32;

    void encode(ByteBuffer bytes) {
        bytes.putLong(at).putInt(chunks).putInt(chunkCheck);
        bytes.putInt(flows).putInt(flowBytes).putInt(postingBytes).putInt(flowCheck);
        bytes.putLong(firstNumber).putInt(packets).putInt(0);
        bytes.putLong(firstPosition).putLong(earliest).putLong(latest);
    }

    static IndexSegment decode(ByteBuffer bytes) {
        long at = bytes.getLong();
        int chunks = bytes.getInt();
        int chunkCheck = bytes.getInt();
        int flows = bytes.getInt();
        int flowBytes = bytes.getInt();
        int postingBytes = bytes.getInt();
        int flowCheck = bytes.getInt();
        long firstNumber = bytes.getLong();
        int packets = bytes.getInt();
        bytes.getInt();
        return new IndexSegment(
                at,
                chunks,
                chunkCheck,
                flows,
                flowBytes,
                postingBytes,
                flowCheck,
                firstNumber,
                packets,
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong());
    }

    long lastNumber() {
        return firstNumber + packets - 1;
    }

    /** Does what it says of itself fit an index of that length? */
    boolean fits(long indexLength) {
        if (at < IndexHeader.LENGTH || at > indexLength) return false;
        if (chunks < 1 || flows < 0 || flowBytes < 0 || postingBytes < 0) return false;
        if (packets < 1 || packets > FlowGathering.PACKETS || chunks > packets || flows > packets) return false;
        long length = (long) chunks * CHUNK + flowBytes + postingBytes;
        return length <= indexLength - at && length <= Integer.MAX_VALUE - 16;
    }
}
