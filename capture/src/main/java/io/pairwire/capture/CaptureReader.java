package io.pairwire.capture;

import java.io.Closeable;
import java.io.IOException;

/**
 * The packets of one capture file or stream, one after the other. Not thread-safe.
 *
 * <p>A thread that waits for input is freed by {@link Thread#interrupt}, which closes the channel and ends the call with
 * {@link java.nio.channels.ClosedByInterruptException}, provided the channel is an
 * {@link java.nio.channels.InterruptibleChannel} as those of files, pipes and standard input are.
 */
public interface CaptureReader extends Closeable {

    /**
     * Moves the packet to the next record and sets its link type and number; {@link Packet#file()} stays as it was. What
     * the packet shows is valid until the next call of this method, {@link #seek} or {@link #close}.
     *
     * @return false at the end, and from then on
     * @throws MalformedCaptureException where the format is broken, and from then on; the packet stays where it was
     * @throws IOException if the channel fails
     */
    boolean next(Packet packet) throws IOException;

    /** What the capture says about itself, as far as it has been read; the same object until there is something new. */
    CaptureDescription description();

    /** How many damages reading went on behind; the one that ended it, which {@link #next} throws, is not counted. */
    long damages();

    /** Can {@link #next} answer without reading from the channel? */
    boolean ready();

    /** Bytes read from the channel, those not yet handed over included. */
    long bytesRead();

    /** Where the next record begins, bytes from the start of the capture. */
    long position();

    /** Where the record begins that {@link #next} moved to last, bytes from the start of the capture; 0 before the first. */
    long recordPosition();

    /** Says where nothing but packets is, so that a {@link #seek} over it need not look at each of them. */
    default void stretches(PacketStretches known) {}

    /** Does {@link #seek} work? */
    boolean seekable();

    /**
     * Goes to a record, forwards or backwards. Ends and damages met before are forgotten.
     *
     * @param position where the record begins, as {@link #position} or {@link #recordPosition} told; not checked
     * @param number what {@link Packet#number()} will be for it, from 1
     * @throws UnsupportedOperationException if not {@link #seekable}
     */
    void seek(long position, long number) throws IOException;
}
