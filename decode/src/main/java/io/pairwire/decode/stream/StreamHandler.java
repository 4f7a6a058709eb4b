package io.pairwire.decode.stream;

import java.lang.foreign.MemorySegment;

/**
 * Gets the streams that a {@link TcpReassembler} puts together. For each stream: {@link #begin}, then {@link #bytes} and
 * {@link #gap} in the order of offsets and without holes between them, then {@link #end}.
 *
 * <p>Called by the thread that works the reassembler, from inside its methods. A handler must not call the reassembler. If it
 * throws, the exception reaches the caller of the reassembler, which stays sound: what was being handed over counts as
 * delivered.
 */
public interface StreamHandler {

    /** One side of a connection was heard for the first time. */
    default void begin(TcpStream stream) {}

    /**
     * The next bytes of a stream, which begin at its {@link TcpStream#position()}. If they came in order, this is the memory
     * of the packet itself.
     *
     * @param memory valid until this returns
     * @param at where the bytes begin in the memory
     * @param length at least 1
     * @param epochNanos when the packet was captured that brought them
     * @param packetNumber the number of that packet in its file, from 1
     */
    void bytes(TcpStream stream, MemorySegment memory, long at, int length, long epochNanos, long packetNumber);

    /**
     * Bytes are missing, from {@link TcpStream#position()} on, and will not come.
     *
     * @param length at least 1
     */
    default void gap(TcpStream stream, long length, GapReason reason) {}

    /** The stream is over; {@link TcpStream#position()} is its length. */
    default void end(TcpStream stream, EndReason reason) {}
}
