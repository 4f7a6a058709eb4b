package io.pairwire.capture;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * The packets of one file that have to be read, in runs of neighbours from its beginning to its end. Who offers them may
 * offer more than are wanted, never fewer. Used by one thread.
 */
public interface PacketPicks {

    /** Opens the capture at its first byte; unpacked if it is compressed, so that {@link #position} counts plain bytes. */
    SeekableByteChannel open() throws IOException;

    /** Goes to the next run; false if there is none. */
    boolean next() throws IOException;

    /** Where the first packet of the run begins, plain bytes from the start of the capture. */
    long position();

    /** Its number in the file, from 1. */
    long number();

    /** Packets of the run, at least one. */
    long count();

    /** Where the last packet of all ends. Behind it is no packet, but there may be damage. */
    long endPosition();

    /** The number that a packet there would have. */
    long endNumber();

    /** The latest time of all packets of the capture, wanted or not; {@link Long#MIN_VALUE} if none has one. */
    long latestNanos();

    /** Bytes of the capture, unpacked. */
    long plainLength();

    /** Where nothing but packets is. */
    PacketStretches stretches();
}
